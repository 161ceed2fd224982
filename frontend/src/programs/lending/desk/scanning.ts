/** Whether this browser reads bar codes by itself; WeChat's and older ones don't, there the number is typed or pasted. */
import { isWeChat } from "@/ui";

export interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}

declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: string[] }) => Detector;
  }
}

export const canScan = (): boolean =>
  window.BarcodeDetector !== undefined && navigator.mediaDevices !== undefined && !isWeChat();
