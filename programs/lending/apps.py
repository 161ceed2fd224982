from programs.kinds import Kind, KindApp


class LendingConfig(KindApp):
    name = "programs.lending"
    label = "lending"
    kinds = (Kind("lending", "借书", for_children=True),)
