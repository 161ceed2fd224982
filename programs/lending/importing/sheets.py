"""How people head the columns of a list of books, and what each means here."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("书名", "题名", "正题名", "图书名称", "名称", "title"),
    "subtitle": ("副书名", "副题名", "副标题", "subtitle"),
    "authors": ("作者", "著者", "责任者", "作者/译者", "author", "authors"),
    "publisher": ("出版社", "出版者", "出版单位", "publisher"),
    "published_year": ("出版年", "出版年份", "出版日期", "出版时间", "year"),
    "isbn": ("ISBN", "ISBN号", "国际标准书号", "书号"),
    "clc_code": ("分类号", "中图分类号", "中图法分类号", "分类", "clc"),
    "cip_number": ("核字号", "CIP核字号", "CIP", "CIP数据核字号"),
    "summary": ("内容简介", "简介", "提要", "summary"),
    "sticker": ("贴纸码", "条码", "条码号", "条形码", "图书条码", "馆藏条码", "登录号", "barcode"),
    "count": ("册数", "复本数", "复本", "数量", "copies"),
    "hub": ("站点", "书屋", "馆藏地", "所在书屋", "hub"),
}
"""The first word is what we call it."""

COUNTED = r"[册本]$"
"""What stands after a number of copies."""

MARC_ONLY = "MARC"
