/** The frame of every page: its title, one line on what it answers, its actions, its width. */
import { Group, Stack, Text, Title } from "@mantine/core";
import styles from "./Page.module.css";
import { useHeadingFocus } from "./useHeadingFocus";
import { useTitle } from "./useTitle";

interface Props {
  title: string;
  lead?: React.ReactNode;
  actions?: React.ReactNode;
  /** "reading" is one column for phones and forms; "full" is for boards and tables. */
  width?: "reading" | "full";
  children: React.ReactNode;
}

export function Page({ title, lead, actions, width = "reading", children }: Props) {
  const heading = useHeadingFocus();
  useTitle(title);
  return (
    <Stack className={styles.page} data-width={width} gap="lg">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {lead && (
            <Text component="div" c="dimmed" mt={4}>
              {lead}
            </Text>
          )}
        </div>
        {actions && (
          <Group gap="sm" data-no-print>
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}

/** A part of a page under its own heading; lines, not boxes. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <section className={styles.section}>
      <Group justify="space-between" gap="sm">
        <Title order={2}>{title}</Title>
        {aside}
      </Group>
      {children}
    </section>
  );
}
