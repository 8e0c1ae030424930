"""Names composed from word lists: no real person's name, no real city's."""

from __future__ import annotations

import numpy as np

from huancheng.city.generate.arrays import Integers, Objects

CITY = "示例市"
DISTRICT = "望岳区"
COUNTIES = ("临河县", "平野县", "东陵县", "高原县", "沙河县", "清泉市", "茂林县", "长堤县")
ZONES = ("示例经济技术开发区", "示例高新技术产业开发区", "示例湖滨旅游度假区")
LAKE, CANAL, RAILWAY = "明月湖", "通济河", "示平铁路"

_VIRTUES = (
    "人民",
    "建设",
    "解放",
    "和平",
    "胜利",
    "新华",
    "文化",
    "中华",
    "兴华",
    "振兴",
    "光明",
    "向阳",
    "东风",
    "红旗",
    "卫育",
    "利民",
    "健康",
    "育新",
    "花园",
    "柳园",
    "聚源",
    "长江",
    "黄河",
    "昆仑",
    "泰山",
    "嵩山",
    "燕山",
    "松桂",
    "龙山",
    "湖南",
    "湖北",
    "财干",
    "站前",
    "古楼",
    "运河",
    "滨河",
    "迎宾",
    "友谊",
    "团结",
    "民主",
    "青年",
    "劳动",
    "工业",
    "科技",
    "创业",
    "学院",
    "体育",
    "望岳",
    "兴隆",
    "永安",
    "太平",
    "万福",
    "清风",
    "明德",
    "至善",
    "崇文",
    "尚武",
    "春晖",
    "夏荷",
    "秋实",
    "冬青",
    "银杏",
    "海棠",
    "玉兰",
)
_ESTATES = (
    "和平",
    "锦绣",
    "阳光",
    "香江",
    "金鼎",
    "银河",
    "翠湖",
    "碧水",
    "蓝天",
    "绿洲",
    "书香",
    "学府",
    "名门",
    "御景",
    "丽景",
    "盛世",
    "凤凰",
    "龙湾",
    "荷塘",
    "柳岸",
    "水岸",
    "星光",
    "月亮湾",
    "昌盛",
    "兴业",
    "安居",
    "福满",
    "康乐",
    "明珠",
    "百合",
    "牡丹",
    "桂花",
    "东方",
    "新世纪",
    "国泰",
    "民安",
    "华府",
    "江南",
    "滨河",
    "湖畔",
    "岳景",
    "齐韵",
    "鲁苑",
    "文轩",
    "嘉和",
    "裕丰",
    "瑞祥",
    "天成",
)
_ESTATE_SUFFIX = (
    ("新村", "小区", "宿舍区"),
    ("小区", "新村", "家园"),
    ("花园", "小区", "苑"),
    ("国际城", "华庭", "公馆", "花园"),
    ("府", "樾园", "云庭", "新城"),
)
_WORK_UNITS = (
    "棉纺厂",
    "机床厂",
    "化肥厂",
    "粮食局",
    "交通局",
    "水利局",
    "百货公司",
    "运输公司",
    "农机厂",
    "酿酒厂",
    "毛巾厂",
    "电机厂",
    "供电公司",
    "铁路",
    "师范",
    "印刷厂",
)
_VILLAGES = (
    "前屯",
    "后屯",
    "大杨",
    "小李",
    "东关",
    "西关",
    "南关",
    "北关",
    "柳庄",
    "河头",
    "堤口",
    "马庄",
    "辛庄",
    "姚集",
    "郭集",
    "侯寨",
    "孟堂",
    "道口",
    "花园",
    "新庄",
)
_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")


def road_names(count: int, suffix: str, random: np.random.Generator) -> Objects:
    """Return road names; once the words are used up, direction and number tell them apart."""
    turns = ("", "东", "西", "南", "北", "新", "前", "后")
    words = random.permutation(np.array(_VIRTUES, dtype=object))
    base = np.array([f"{turn}{word}{suffix}" for turn in turns for word in words], dtype=object)
    full = np.concatenate(
        [base, *(np.array([f"{word}{n}{suffix}" for word in words], dtype=object) for n in _ORDINALS)]
    )
    names: Objects = full[np.arange(count) % len(full)]
    return names


def estate_names(era: Integers, random: np.random.Generator) -> Objects:
    """Return names of estates by era: 0–4 decades of commodity housing, 5 work units, 6 villages, 7 old-town lanes."""
    count = len(era)
    first = np.array(_ESTATES, dtype=object)[random.integers(0, len(_ESTATES), count)]
    suffix = np.empty(count, dtype=object)
    for decade, words in enumerate(_ESTATE_SUFFIX):
        rows = era == decade
        suffix[rows] = np.array(words, dtype=object)[random.integers(0, len(words), int(rows.sum()))]
    for kind, words, tail in ((5, _WORK_UNITS, "家属院"), (6, _VILLAGES, "村"), (7, _VIRTUES, "巷片")):
        rows = era == kind
        first[rows] = np.array(words, dtype=object)[random.integers(0, len(words), int(rows.sum()))]
        suffix[rows] = tail
    return numbered(first + suffix)


def numbered(names: Objects) -> Objects:
    """Return the names with 二区, 三区 … after the second, third … of the same name."""
    values, inverse = np.unique(names.astype(str), return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    starts = np.searchsorted(inverse[order], np.arange(len(values)))
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names)) - starts[inverse[order]]
    tails = np.array(
        [f"{chinese_number(n + 1)}区" if n else "" for n in range(int(rank.max(initial=0)) + 1)], dtype=object
    )
    result: Objects = names + tails[rank]
    return result


def chinese_number(number: int) -> str:
    """Return a whole number from 1 to 9,999 in Chinese figures."""
    figures, places = "零一二三四五六七八九", ("", "十", "百", "千")
    text = ""
    digits = str(number)
    for position, digit in enumerate(digits):
        place = places[len(digits) - 1 - position]
        if digit != "0":
            text += figures[int(digit)] + place
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text[1:] if text.startswith("一十") else text


def community_names(count: int, random: np.random.Generator) -> Objects:
    """Return names of communities and streets without their rank word."""
    pairs = np.array(
        [a + b for a in _ESTATES if len(a) == 2 for b in ("", "园", "里", "庄", "河", "岗", "桥", "店")], dtype=object
    )
    pairs = random.permutation(pairs)
    if count > len(pairs):
        more = [f"{name}{n}" for n in ("东", "西", "南", "北", "中", "前", "后", "上", "下") for name in pairs]
        more += [f"{name}{m}{n}" for m in ("东", "西", "南", "北") for n in _ORDINALS for name in pairs]
        pairs = np.concatenate([pairs, np.array(more, dtype=object)])
    return np.asarray(pairs[np.arange(count) % len(pairs)], dtype=object)
