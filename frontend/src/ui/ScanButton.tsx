/** Opens the camera that looks away from its holder. What it reads can be typed as well: WeChat lends pages no camera. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useText } from "@/i18n";
import { Icon } from "./icons";
import { isWeChat } from "./wechat";

const Camera = lazy(() => import("./Camera"));

/** `bars`: what is looked for is a bar code, which not every browser reads. */
export const canScan = (bars = false): boolean =>
  navigator.mediaDevices !== undefined && !isWeChat() && (!bars || window.BarcodeDetector !== undefined);

interface Props {
  bars?: boolean;
  /** Stays open for one code after the other. */
  lasting?: boolean;
  onText: (text: string) => void;
}

export function ScanButton({ bars = false, lasting = false, onText }: Props) {
  const t = useText();
  const [looking, look] = useState(false);
  const read = (text: string) => {
    if (!lasting) look(false);
    onText(text);
  };
  if (!canScan(bars)) return null;
  if (!looking) {
    return (
      <Button variant="default" leftSection={<Icon name="camera" />} onClick={() => look(true)}>
        {t("ui.scan")}
      </Button>
    );
  }
  return (
    <Suspense>
      <Camera facing="environment" otherwise={t("ui.no_camera")} onText={read} onClose={() => look(false)} />
    </Suspense>
  );
}
