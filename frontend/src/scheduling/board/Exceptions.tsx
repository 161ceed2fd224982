/** What a session takes along, and what stands against it that somebody decided to bear. */
import { Text } from "@mantine/core";
import { useText } from "@/i18n";
import { say } from "@/ui";
import type { SessionPanel } from "./types";

export function Exceptions({ session }: { session: SessionPanel }) {
  const t = useText();
  return (
    <>
      {session.kits.length > 0 && (
        <Text>{t("board.kits", { kits: session.kits.map((kit) => kit.name).join(t("board.comma")) })}</Text>
      )}
      {session.overrides.map(({ code, reason, by }) => (
        <Text key={code}>
          {t("board.exception", { what: say(t, "board.borne", code, {}, "board.borne.other"), reason, by })}
        </Text>
      ))}
    </>
  );
}
