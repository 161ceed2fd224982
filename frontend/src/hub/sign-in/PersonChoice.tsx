import { Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type Me, useSwitchPerson } from "@/api/me";
import { useText } from "@/i18n";
import { OpenCard, useErrorText } from "@/ui";

export function PersonChoice({ persons, onChosen }: { persons: Me["persons"]; onChosen: () => void }) {
  const t = useText();
  const words = useErrorText();
  const switchPerson = useSwitchPerson();
  const choose = useMutation({ mutationFn: switchPerson, onSuccess: onChosen });
  return (
    <Stack gap="sm">
      <Title order={2}>{t("sign_in.who")}</Title>
      <Text c="dimmed">{t("sign_in.who_hint")}</Text>
      {persons.map((person) => (
        <OpenCard key={person.id} onOpen={() => choose.mutate(person.id)}>
          {person.name}
        </OpenCard>
      ))}
      {choose.error && (
        <Text role="alert" c="var(--empty)">
          {words(choose.error)}
        </Text>
      )}
    </Stack>
  );
}
