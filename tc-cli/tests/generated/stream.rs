// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod hunyuan { ChatCompletions }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(hunyuan::ChatCompletions {
        model: "Model-a6f1",
        messages: [hunyuan::Message {
            role: "user",
            content: "Content-ab1f",
            contents: [hunyuan::Content {
                r#type: "Type-6e5c",
                text: "Text-13cc",
                image_url: hunyuan::ImageUrl {
                    url: "https://example.com/c934bbb6",
                },
                video_url: hunyuan::VideoUrl {
                    url: "https://example.com/c934bbb6",
                    fps: 3.86,
                },
                video_frames: hunyuan::VideoFrames {
                    frames: ["Frames-9541"],
                },
            }],
            tool_call_id: "tci-61a594b1",
            tool_calls: [hunyuan::ToolCall {
                id: "i-be4d2cb5",
                r#type: "Type-6e5c",
                function: hunyuan::ToolCallFunction {
                    name: "Name 1",
                    arguments: "Arguments-5805",
                },
                index: 37,
            }],
            file_ids: ["FileIDs-f891"],
            reasoning_content: "ReasoningContent-d722",
        }],
        stream: true,
        stream_moderation: false,
        top_p: 0.29,
        temperature: 41.81,
        enable_enhancement: true,
        tools: [hunyuan::Tool {
            r#type: "Type-6e5c",
            function: hunyuan::ToolFunction {
                name: "Name 1",
                parameters: "Parameters-3ea9",
                description: "Description-223d",
            },
        }],
        tool_choice: "auto",
        custom_tool: hunyuan::Tool {
            r#type: "Type-6e5c",
            function: hunyuan::ToolFunction {
                name: "Name 1",
                parameters: "Parameters-3ea9",
                description: "Description-223d",
            },
        },
        search_info: false,
        citation: false,
        enable_speed_search: false,
        enable_multimedia: true,
        seed: 962,
        force_search_enhancement: true,
        stop: ["Stop-f991"],
        enable_recommended_questions: false,
        web_search_options: hunyuan::WebSearchOptions {
            knowledge: [hunyuan::Knowledge {
                text: "Text-13cc",
            }],
            user_location: hunyuan::UserLocation {
                r#type: "Type-6e5c",
                approximate: hunyuan::Approximate {
                    country: "Country-5c4f",
                    city: "City-3623",
                    region: "Region-bb21",
                    timezone: "Timezone-589b",
                    address: "Address-f20f",
                },
            },
            processes: true,
            enable_image: true,
            enable_music: true,
        },
        topic_choice: "TopicChoice-58de",
        enable_thinking: true,
    });
    let mut events = client.call(&request).events();
    while let Some(event) = events.next().await {
        println!("{:#?}", *event?);
    }
    Ok(())
}
