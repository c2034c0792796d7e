#!/usr/bin/env python3
"""Draws the members that sample.jsonl labels, from unpacked `tccli` and `tccli-intl-en` packages.

usage: draw.py CHINA_SERVICES INTERNATIONAL_SERVICES > drawn.jsonl

Prints one JSON object a line: lang, service, version, object, member, part, and for the reader
type, member_type and document. The document is official prose: do not commit the output.
"""
import json
import os
import random
import re
import sys

SEED = 20260412
# Broad on purpose: a member is drawn because its text might state a limit, not because it does.
LIMITING = (
    "最大 最小 最多 最少 最长 最短 上限 下限 不超过 不能超过 不得超过 大于 小于 超过 至少 至多 以内 之间 范围 限制 长度 个数 字符 "
    "默认 缺省 取值 可选 枚举 支持 仅 只能 必须为 有效值 合法值 不填 不传 一次 单次 数量 区间 介于 max min"
).split() + [
    "at most", "at least", "up to", "limit", "range", "between", "more than", "less than", "greater than", "exceed",
    "characters", "length", "default", "values", "enum", "option", "one of", "only", "either", "must be", "no more",
    "within", "fewer", "larger", "smaller", "support",
]
# Words of quantity: together with a digit they make the enriched strata of lists and strings.
QUANTITY = [
    "最大", "最多", "最长", "上限", "超过", "长度", "个", "字符", "限制", "以内", "至少", "最少",
    "up to", "max", "limit", "length", "character", "at most", "at least", "exceed", "no more",
]
# stratum: (cn, en)
COUNTS = {
    "number": (104, 80),
    "list": (24, 18),
    "list, enriched": (30, 24),
    "string": (36, 28),
    "string, enriched": (44, 32),
    "other": (14, 10),
}


def members(root):
    for service in sorted(os.listdir(root)):
        folder = os.path.join(root, service)
        if not os.path.isdir(folder):
            continue
        for version in sorted(os.listdir(folder)):
            path = os.path.join(folder, version, "api.json")
            if not os.path.exists(path):
                continue
            with open(path, encoding="utf-8") as file:
                api = json.load(file)
            objects = api["objects"]
            reached, todo = set(), sorted({a["input"] for a in api["actions"].values()})
            while todo:
                name = todo.pop()
                if name in reached or name not in objects:
                    continue
                reached.add(name)
                todo += [m["member"] for m in objects[name]["members"] if m["member"] in objects]
            for name in sorted(reached):
                for member in objects[name]["members"]:
                    yield service, version, name, member


def stratum(member, text):
    kind = member["type"]
    if kind in ("int", "float"):
        return ["number"]
    if kind in ("list", "string"):
        enriched = re.search(r"\d", text) and any(w in text for w in QUANTITY)
        return [kind, kind + ", enriched"] if enriched else [kind]
    return ["other"]


def main():
    shuffle = random.Random(SEED)
    drawn = []
    for column, (lang, root) in enumerate((("cn", sys.argv[1]), ("en", sys.argv[2]))):
        strata, seen = {s: [] for s in COUNTS}, set()
        for service, version, name, member in members(root):
            document = member.get("document") or ""
            text = document.lower()
            if not (re.search(r"\d", text) or any(w in text for w in LIMITING)):
                continue
            if (member["name"], document) in seen:  # the same text under the same name counts once
                continue
            seen.add((member["name"], document))
            row = {
                "lang": lang, "service": service, "version": version, "object": name, "member": member["name"],
                "type": member["type"], "member_type": member["member"], "document": document,
            }
            for s in stratum(member, text):
                strata[s].append(row)
        taken = set()
        for s, counts in COUNTS.items():
            rest = [r for r in strata[s] if id(r) not in taken]
            for row in shuffle.sample(rest, counts[column]):
                taken.add(id(row))
                drawn.append(row)
            print(lang, s, len(strata[s]), counts[column], file=sys.stderr)
    shuffle.shuffle(drawn)
    for i, row in enumerate(drawn):
        row["part"] = "dev" if i < len(drawn) // 2 else "held"
        print(json.dumps(row, ensure_ascii=False))


main()
