/** With whom a shift of mine could change hands: who may take it over, whose I could have for it. */
import { Button, Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ShiftFacts } from "@/scheduling/signups/ShiftFacts";
import { Loaded, notifyDone } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Sheet } from "@/ui/Sheet";
import type { ChangeShiftProps } from "./ChangeShift";
import own from "./callouts.module.css";
import { useRefreshAsked } from "./useAsks";
import { useWhyNoSwap } from "./useWhyNoSwap";

export default function ChoosePartner({ shift, onClose }: ChangeShiftProps & { onClose: () => void }) {
  const t = useText();
  const words = useWhyNoSwap();
  const refresh = useRefreshAsked();
  const path = { params: { path: { assignment_id: shift.id } } };
  const query = api.useQuery("get", "/api/assignments/{assignment_id}/partners", path);
  const propose = api.useMutation("post", "/api/assignments/{assignment_id}/swap", {
    onSuccess: async ({ other }) => {
      await refresh();
      notifyDone(t("swap.sent", { name: other }));
      onClose();
    },
  });
  const error: unknown = propose.error;
  return (
    <Sheet onClose={onClose} title={t("swap.change")}>
      <Stack gap="md" className={own.sheet}>
        <ShiftFacts shift={shift} />
        {error !== null && (
          <Text role="alert" c="var(--empty)">
            {words(error)}
          </Text>
        )}
        <Loaded query={query}>
          {({ colleagues, shifts }) => (
            <>
              {colleagues.length + shifts.length === 0 && <Text>{t("swap.nobody")}</Text>}
              {colleagues.length > 0 && (
                <section className={own.choices}>
                  <Text component="h3" fw={600}>
                    {t("swap.who_takes")}
                  </Text>
                  {colleagues.map((one) => (
                    <div key={one.volunteer} className={rows.foot}>
                      <span className={rows.facts}>
                        <strong>{one.name}</strong>
                        <span className={rows.soft}>{t("swap.together", { n: one.together })}</span>
                      </span>
                      <Button
                        variant="default"
                        disabled={propose.isPending}
                        aria-label={t("swap.ask_who", { name: one.name })}
                        onClick={() => propose.mutate({ ...path, body: { volunteer: one.volunteer } })}
                      >
                        {t("swap.ask")}
                      </Button>
                    </div>
                  ))}
                </section>
              )}
              {shifts.length > 0 && (
                <section className={own.choices}>
                  <Text component="h3" fw={600}>
                    {t("swap.which_shift")}
                  </Text>
                  {shifts.map((one) => (
                    <div key={one.assignment} className={own.offer}>
                      <ShiftFacts shift={one} />
                      <div className={rows.foot}>
                        <span className={rows.soft}>{one.name}</span>
                        <Button
                          variant="default"
                          disabled={propose.isPending}
                          aria-label={t("swap.swap_with", { name: one.name })}
                          onClick={() => propose.mutate({ ...path, body: { yours: one.assignment } })}
                        >
                          {t("swap.propose")}
                        </Button>
                      </div>
                    </div>
                  ))}
                </section>
              )}
            </>
          )}
        </Loaded>
      </Stack>
    </Sheet>
  );
}
