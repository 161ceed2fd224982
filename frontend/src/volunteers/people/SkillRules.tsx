/** Which skills count only once a proof was seen. */
import { Modal, Stack, Switch } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";

export function SkillRules({ onClose }: { onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  useFocusBack();
  const choices = api.useQuery("get", "/api/volunteers/choices", {});
  const set = api.useMutation("put", "/api/skills/{skill_id}/needs-proof", {
    onSuccess: () => cache.invalidateQueries({ queryKey: ["get", "/api/volunteers/choices"] }),
  });
  return (
    <Modal opened onClose={onClose} title={t("person.skill_rules")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <Stack gap="md">
        <p className={rows.soft}>{t("person.skill_rules_hint")}</p>
        <Loaded query={choices}>
          {({ skills }) =>
            skills.map((skill) => (
              <Switch
                key={skill.id}
                size="md"
                label={skill.name}
                checked={
                  set.isPending && set.variables.params.path.skill_id === skill.id
                    ? set.variables.body.needs_proof
                    : skill.needs_proof
                }
                onChange={(event) =>
                  set.mutate({
                    params: { path: { skill_id: skill.id } },
                    body: { needs_proof: event.currentTarget.checked },
                  })
                }
              />
            ))
          }
        </Loaded>
        {set.error && (
          <p role="alert" className={rows.error}>
            {words(set.error)}
          </p>
        )}
      </Stack>
    </Modal>
  );
}
