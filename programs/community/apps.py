from programs.kinds import Kind, KindApp


class CommunityConfig(KindApp):
    name = "programs.community"
    label = "community"
    kinds = (Kind("visit", "探访", at_home=True), Kind("group", "小组"), Kind("event", "活动", announced=True))
