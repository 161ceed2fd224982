/** The device's camera, looking for codes. Pictures stay in this page and are gone with the next one. */
import { Button, Text } from "@mantine/core";
import decodeQR from "qr/decode.js";
import { useEffect, useRef, useState } from "react";
import { useText } from "@/i18n";
import styles from "./device.module.css";

const EVERY = 250;
const WIDTH = 480;
/** The same card held still is one scan. */
const STILL = 5_000;

interface Props {
  /** Towards who holds it, or away. */
  facing: "user" | "environment";
  /** What to do where it does not open. */
  otherwise: string;
  onText: (text: string) => void;
  onClose: () => void;
}

export default function Camera({ facing, otherwise, onText, onClose }: Props) {
  const t = useText();
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onText);
  latest.current = onText;
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const canvas = document.createElement("canvas");
    const seen = new Map<string, number>();
    let stream: MediaStream | undefined;
    let ended = false;
    const look = () => {
      const text = video.current && readFrame(video.current, canvas);
      if (!text) return;
      if (Date.now() - (seen.get(text) ?? 0) > STILL) latest.current(text);
      seen.set(text, Date.now());
    };
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: facing } });
      if (ended || !video.current) return stop();
      video.current.srcObject = stream;
      await video.current.play();
    };
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    start().catch(() => setFailed(true));
    const timer = setInterval(look, EVERY);
    return () => {
      ended = true;
      clearInterval(timer);
      stop();
    };
  }, [facing]);

  return (
    <div className={styles.camera}>
      {failed ? (
        <Text role="alert">{otherwise}</Text>
      ) : (
        <video ref={video} className={styles.video} muted playsInline aria-label={t("tablet.camera")} />
      )}
      <Button variant="default" onClick={onClose}>
        {t("tablet.camera_off")}
      </Button>
    </div>
  );
}

function readFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | undefined {
  if (video.readyState < video.HAVE_CURRENT_DATA || !video.videoWidth) return undefined;
  canvas.width = WIDTH;
  canvas.height = Math.round((WIDTH * video.videoHeight) / video.videoWidth);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return undefined;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height)) as string;
  } catch {
    return undefined; // no code in view
  }
}
