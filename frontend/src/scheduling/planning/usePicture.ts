/** An SVG of the server as a PNG: what a chat takes, and what a long press saves. */
import { useEffect, useState } from "react";

async function toPng(address: string): Promise<string> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return canvas.toDataURL("image/png");
}

export function usePicture(address: string): string | "failed" | undefined {
  const [png, setPng] = useState<string>();
  useEffect(() => {
    let current = true;
    setPng(undefined);
    toPng(address).then(
      (made) => current && setPng(made),
      () => current && setPng("failed"),
    );
    return () => {
      current = false;
    };
  }, [address]);
  return png;
}
