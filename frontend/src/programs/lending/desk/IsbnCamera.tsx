/** The camera, looking for the bar code on a book's back. Pictures stay in this page. */
import { Button, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useText } from "@/i18n";
import styles from "../lending.module.css";
import "./scanning";

const EVERY = 250;

export default function IsbnCamera({ onIsbn, onClose }: { onIsbn: (isbn: string) => void; onClose: () => void }) {
  const t = useText();
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onIsbn);
  latest.current = onIsbn;
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let ended = false;
    const detector = window.BarcodeDetector && new window.BarcodeDetector({ formats: ["ean_13"] });
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (ended || !video.current) return stop();
      video.current.srcObject = stream;
      await video.current.play();
    };
    const look = async () => {
      if (!video.current?.videoWidth || !detector) return;
      const found = await detector.detect(video.current).catch(() => []);
      const isbn = found.map((one) => one.rawValue).find((code) => /^97[89]/.test(code));
      if (isbn && !ended) latest.current(isbn);
    };
    start().catch(() => setFailed(true));
    const timer = setInterval(look, EVERY);
    return () => {
      ended = true;
      clearInterval(timer);
      stop();
    };
  }, []);
  return (
    <Stack gap="sm">
      {failed ? (
        <Text role="alert">{t("add.no_camera")}</Text>
      ) : (
        <video ref={video} className={styles.video} muted playsInline aria-label={t("add.camera")} />
      )}
      <Button variant="default" onClick={onClose}>
        {t("add.camera_off")}
      </Button>
    </Stack>
  );
}
