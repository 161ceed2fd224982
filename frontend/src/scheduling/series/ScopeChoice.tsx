/** Of a session that repeats: is it this one, this and the following, or all? */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { useFocusBack } from "@/ui";

export interface ScopeChoiceProps {
  series: { series: number; day: string };
  /** Changed, or ended. */
  verb: "edit" | "end";
  onThis: () => void;
  onClose: () => void;
}

export default function ScopeChoice({ series, verb, onThis, onClose }: ScopeChoiceProps) {
  const t = useText();
  useFocusBack();
  const there = `/series/${series.series}?do=${verb}`;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`series.scope.${verb}`)}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="sm">
        <Text c="dimmed">{t("series.scope.hint")}</Text>
        <Button onClick={onThis} data-autofocus>
          {t("series.scope.this")}
        </Button>
        <Button variant="default" component={Link} to={`${there}&since=${series.day}`}>
          {t("series.scope.following")}
        </Button>
        <Button variant="default" component={Link} to={there}>
          {t("series.scope.all")}
        </Button>
      </Stack>
    </Modal>
  );
}
