import { Button, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/client";
import { useText } from "@/i18n";
import { type Role, roles } from "@/roles";
import { useErrorText } from "@/ui";

export function DemoRoles({ onDone }: { onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const enter = useMutation({
    mutationFn: (role: Role) => call.POST("/api/demo/sign-in", { body: { role } }),
    onSuccess: onDone,
  });
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t("sign_in.demo")}</Title>
      <Text c="dimmed">{t("sign_in.demo_hint")}</Text>
      <SimpleGrid cols={2} spacing="sm">
        {roles.map((role) => (
          <Button
            key={role}
            variant="default"
            loading={enter.isPending && enter.variables === role}
            onClick={() => enter.mutate(role)}
          >
            {t(`role.${role}`)}
          </Button>
        ))}
      </SimpleGrid>
      {enter.error && (
        <Text role="alert" c="var(--empty)">
          {words(enter.error)}
        </Text>
      )}
    </Stack>
  );
}
