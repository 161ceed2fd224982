/** One session that lacks people, and what can be done about it: the best way first. */
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Head, usePanel, WhyShort } from "@/scheduling/board/Panel";
import { CutOffOf } from "@/scheduling/board/today/CutOffs";
import { lacksPeople } from "@/scheduling/board/types";
import { CallList } from "@/scheduling/callouts";
import { type DialogWish, SessionDialog } from "@/scheduling/sessions";
import { Loaded } from "@/ui";
import { Sheet } from "@/ui/Sheet";
import { Ways } from "./Ways";

export interface RescueSheetProps {
  id: number;
  onClose: () => void;
}

export default function RescueSheet({ id, onClose }: RescueSheetProps) {
  const t = useText();
  const query = usePanel(id);
  const ways = api.useQuery(
    "get",
    "/api/sessions/{session_id}/ways-out",
    { params: { path: { session_id: id } } },
    { meta: { live: ["session", "assignment", "standby", "booking", "callout"] } },
  );
  const [calling, setCalling] = useState<number>();
  const [dialog, setDialog] = useState<DialogWish>();
  return (
    <Sheet onClose={onClose} title={t("rescue.title")}>
      <Loaded query={query}>
        {(session) => (
          <Stack gap="md">
            <Head session={session} />
            <WhyShort session={session} />
            <CutOffOf session={id} />
            {lacksPeople(session) ? (
              <Loaded query={ways}>
                {(found) => (
                  <Ways
                    session={session}
                    found={found}
                    onCall={() => setCalling(found.need ?? undefined)}
                    onDialog={(kind) => setDialog({ kind, id })}
                    onFull={onClose}
                  />
                )}
              </Loaded>
            ) : (
              <Text role="status">{t("rescue.nothing_to_do")}</Text>
            )}
            {calling !== undefined && (
              <CallList need={calling} session={session} onClose={() => setCalling(undefined)} />
            )}
          </Stack>
        )}
      </Loaded>
      <SessionDialog
        wish={dialog}
        onClose={() => setDialog(undefined)}
        onDone={() => {
          setDialog(undefined);
          void query.refetch();
          void ways.refetch();
        }}
      />
    </Sheet>
  );
}
