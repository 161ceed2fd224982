/** The device's camera, looking for QR codes, and for books' bar codes where the browser reads those. Pictures stay in this
 * page and are gone with the next one. */
import { Button, Text } from "@mantine/core";
import decodeQR from "qr/decode.js";
import { useEffect, useRef, useState } from "react";
import { useText } from "@/i18n";
import styles from "./Camera.module.css";

const EVERY = 250;
const WIDTH = 480;
/** The same card held still is one scan. */
const STILL = 5_000;

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}

declare global {
  interface Window {
    /** Not in every browser, and not of every code. */
    BarcodeDetector?: new (options: {
      formats: string[];
    }) => Detector;
  }
}

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
    const bars = window.BarcodeDetector && new window.BarcodeDetector({ formats: ["ean_13"] });
    const seen = new Map<string, number>();
    let stream: MediaStream | undefined;
    let ended = false;
    const look = async () => {
      const picture = video.current;
      if (!picture || picture.readyState < picture.HAVE_CURRENT_DATA || !picture.videoWidth) return;
      const text = readQr(picture, canvas) ?? (await bars?.detect(picture).catch(() => []))?.[0]?.rawValue;
      if (!text || ended) return;
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
        <video
          ref={video}
          className={styles.video}
          data-facing={facing}
          muted
          playsInline
          aria-label={t("ui.camera")}
        />
      )}
      <Button variant="default" onClick={onClose}>
        {t("ui.camera_off")}
      </Button>
    </div>
  );
}

function readQr(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | undefined {
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
