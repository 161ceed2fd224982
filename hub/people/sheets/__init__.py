"""社工机构 and 工作人员 in a week's workbook."""

from hub.people.sheets.agencies import Agencies
from hub.people.sheets.staff import Staff
from hub.workbook.sheets import register

register(Agencies(), Staff())
