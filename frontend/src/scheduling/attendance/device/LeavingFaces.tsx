/** On the way out: how was it? Goes by itself, since the next family waits. */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useText } from "@/i18n";
import { FaceButtons } from "@/scheduling/files/FaceButtons";
import type { FaceKind } from "@/scheduling/files/types";
import { useFocusBack } from "@/ui";

const STAYS = 30_000;
const THANKS = 1_500;

interface Props {
  onChoose: (face: FaceKind) => Promise<void>;
  onClose: () => void;
}

export function LeavingFaces({ onChoose, onClose }: Props) {
  const t = useText();
  useFocusBack();
  const [chosen, choose] = useState<FaceKind>();
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const timer = setTimeout(() => close.current(), chosen ? THANKS : STAYS);
    return () => clearTimeout(timer);
  }, [chosen]);
  const say = (face: FaceKind) => {
    choose(face);
    onChoose(face).catch(() => choose(undefined));
  };
  return (
    <Modal
      opened
      centered
      size="lg"
      onClose={onClose}
      title={t("tablet.faces_ask")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="lg">
        <FaceButtons chosen={chosen ?? ""} disabled={chosen !== undefined} onChoose={say} />
        <Text role="status" ta="center">
          {t(chosen ? "tablet.faces_thanks" : "tablet.faces_hint")}
        </Text>
        <Button variant="default" size="lg" onClick={onClose}>
          {t("tablet.faces_skip")}
        </Button>
      </Stack>
    </Modal>
  );
}
