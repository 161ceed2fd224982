"""家庭 in a week's workbook."""

from hub.workbook.sheets import register
from scheduling.bookings.sheets.families import Families

register(Families())
