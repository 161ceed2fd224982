/**
 * At the desk or on the phone: staff find a child by name or by the guardian's whole number, and what speaks against
 * its coming to a session. Searching is logged, so it begins with a tap.
 */
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, say } from "@/ui";
import rows from "@/ui/rows.module.css";

export type FoundChild = components["schemas"]["FoundChildOut"];
const LEAST = 2;

export interface ChildSearchProps {
  session: number;
  label: string;
  /** What can be done about one, with what was searched for. */
  action: (one: FoundChild, asked: string) => ReactNode;
  /** Whether a reason is said. */
  says?: (code: string) => boolean;
}

export default function ChildSearch({ session, label, action, says = () => true }: ChildSearchProps) {
  const t = useText();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const found = api.useQuery(
    "get",
    "/api/activities/{session_id}/children",
    { params: { path: { session_id: session }, query: { q: asked } } },
    { enabled: asked !== "", staleTime: 0, gcTime: 0 },
  );
  return (
    <Stack gap="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <Group align="end" gap="sm" wrap="nowrap">
          <TextInput
            flex={1}
            label={label}
            description={t("find_child.hint")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <Button type="submit" variant="default" disabled={typed.trim().length < LEAST}>
            {t("find_child.find")}
          </Button>
        </Group>
      </form>
      {asked && (
        <Loaded query={found}>
          {(children) => (
            <>
              {children.length === 0 && <Text c="dimmed">{t("find_child.none")}</Text>}
              <ul className={rows.list}>
                {children.map((one) => (
                  <li key={one.child} className={rows.row}>
                    <Group justify="space-between" wrap="nowrap">
                      <span className={rows.facts}>
                        <span>
                          <span className={rows.name}>{one.name}</span>{" "}
                          {one.age !== null && t("find_child.age", { age: one.age })}
                        </span>
                        <span className={rows.soft}>{t("find_child.of", { guardian: one.guardian })}</span>
                        {one.reasons
                          .filter((reason) => says(reason.code))
                          .map((reason) => (
                            <span key={reason.code}>
                              {say(t, "not_child", reason.code, reason.facts, "not_child.other")}
                            </span>
                          ))}
                      </span>
                      {action(one, asked)}
                    </Group>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      )}
    </Stack>
  );
}
