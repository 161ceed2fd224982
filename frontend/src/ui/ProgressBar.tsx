/** For what takes over a second. Without a value it only says that work is going on. */
import { Progress, Stack, Text } from "@mantine/core";

export function ProgressBar({ label, value, detail }: { label: string; value?: number; detail?: string }) {
  const percent = value === undefined ? 100 : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <Stack gap={4}>
      <Text>{label}</Text>
      <Progress.Root size="lg">
        <Progress.Section
          value={percent}
          animated={value === undefined}
          striped={value === undefined}
          withAria={value !== undefined}
          aria-label={label}
        />
      </Progress.Root>
      {detail && (
        <Text size="sm" c="dimmed" aria-live="polite">
          {detail}
        </Text>
      )}
    </Stack>
  );
}
