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
# Words of the enriched strata of the fourth draw and of those after it.
RANGE = [
    "范围", "最大", "最小", "最高", "最低", "上限", "下限", "超过", "大于", "小于", "至少", "最多", "之间", "区间", "以内", "限制",
    "range", "max", "min", "between", "less than", "greater", "more than", "up to", "exceed", "at most", "at least",
    "limit", "~", "≤", "≥", "<=", ">=", "～",
]
LENGTH = [
    "长度", "字符", "个字", "字以内", "最长", "位数", "个汉字", "不超过", "不能超过", "最大",
    "character", "length", "letters", "long", "up to", "exceed",
]
# How many members the later draws have for each stratum (cn, en).
LATER = {
    "number": (32, 24),
    "list": (7, 5),
    "list, enriched": (10, 8),
    "string": (12, 9),
    "string, enriched": (15, 11),
    "other": (4, 3),
}
ENRICHED = {
    "number": (25, 20),
    "number, of range": (40, 30),
    "list, enriched": (45, 30),
    "string": (25, 20),
    "string, of length": (60, 40),
    "other": (10, 8),
}
# The draws, one after the other: the seed, and for each stratum (cn, en) how many members.
DRAWS = [
    (20260412, {
        "number": (104, 80),
        "list": (24, 18),
        "list, enriched": (30, 24),
        "string": (36, 28),
        "string, enriched": (44, 32),
        "other": (14, 10),
    }),
    (20261126, LATER),
    (20261203, LATER),
    (20261210, ENRICHED),
    (20261217, ENRICHED),
]


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
    has_digit = re.search(r"\d", text)

    def with_words(words, stratum):
        return [stratum] if has_digit and any(w in text for w in words) else []

    if kind in ("int", "float"):
        return ["number"] + with_words(RANGE, "number, of range")
    if kind == "string":
        return [kind] + with_words(QUANTITY, "string, enriched") + with_words(LENGTH, "string, of length")
    if kind == "list":
        return [kind] + with_words(QUANTITY, "list, enriched")
    return ["other"]


def key(row):
    return tuple(row[name] for name in ("lang", "service", "version", "object", "member"))


def draw(seed, counts, roots, before):
    """One draw, without the members of the draws before."""
    shuffle = random.Random(seed)
    drawn = []
    for column, (lang, root) in enumerate(roots):
        strata, seen = {s: [] for s in counts}, set()
        for service, version, name, member in members(root):
            document = member.get("document") or ""
            text = document.lower()
            if not (re.search(r"\d", text) or any(w in text for w in LIMITING)):
                continue
            row = {
                "lang": lang, "service": service, "version": version, "object": name, "member": member["name"],
                "type": member["type"], "member_type": member["member"], "document": document,
            }
            # The same text under the same name counts once.
            is_known = (member["name"], document) in seen
            seen.add((member["name"], document))
            if is_known or key(row) in before:
                continue
            for s in stratum(member, text):
                if s in strata:
                    strata[s].append(row)
        taken = set()
        for s, of_site in counts.items():
            rest = [r for r in strata[s] if id(r) not in taken]
            for row in shuffle.sample(rest, of_site[column]):
                taken.add(id(row))
                drawn.append(row)
            print(seed, lang, s, len(strata[s]), of_site[column], file=sys.stderr)
    shuffle.shuffle(drawn)
    for i, row in enumerate(drawn):
        row["part"] = "dev" if i < len(drawn) // 2 else "held"
    return drawn


def main():
    roots = (("cn", sys.argv[1]), ("en", sys.argv[2]))
    before = set()
    for number, (seed, counts) in enumerate(DRAWS, 1):
        drawn = draw(seed, counts, roots, before)
        before.update(key(row) for row in drawn)
        for row in drawn:
            row["draw"] = number
            print(json.dumps(row, ensure_ascii=False))


main()
