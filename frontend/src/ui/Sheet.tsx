/** What is looked at beside the page: from below on a phone, from the side where there is room, since a line as wide as a
 * desk's screen sets a name far from its number. */
import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useText } from "@/i18n";
import { useFocusBack } from "./focus";

interface Props {
  /** None where it is there only while it is open. */
  opened?: boolean;
  onClose: () => void;
  title: string;
  children: React.ReactNode;
}

export function Sheet({ opened, onClose, title, children }: Props) {
  const t = useText();
  const wide = useMediaQuery("(min-width: 62em)", false, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened={opened ?? true}
      onClose={onClose}
      position={wide ? "right" : "bottom"}
      size={wide ? "36rem" : "90%"}
      title={title}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      {opened === undefined && <FocusBack />}
      {children}
    </Drawer>
  );
}

/** One that stays leads back by itself. */
function FocusBack() {
  useFocusBack();
  return null;
}
