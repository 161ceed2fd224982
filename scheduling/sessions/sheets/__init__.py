"""场次 and 岗位需求 in a week's workbook."""

from hub.workbook.sheets import register
from scheduling.sessions.sheets.needs import NeedSheet
from scheduling.sessions.sheets.sessions import SessionSheet

register(SessionSheet(), NeedSheet())
