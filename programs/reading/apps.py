from programs.kinds import Kind, KindApp


class ReadingConfig(KindApp):
    name = "programs.reading"
    label = "reading"
    kinds = (Kind("reading", "共读", for_children=True, announced=True),)
