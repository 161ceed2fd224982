/** A book: what it is, where it stands and how many can be had. What can be done with it stands below its stock. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { Suspense, useState } from "react";
import { Link, useParams } from "react-router";
import { api } from "@/api/client";
import { useGrants } from "@/api/me";
import { useText } from "@/i18n";
import { Loaded, Page, Section } from "@/ui";
import { CopyLine } from "../CopyLine";
import { Cover } from "../Cover";
import { HoldBox } from "../circulation/lazy";
import styles from "../lending.module.css";
import { Stock } from "../Stock";
import type { Book } from "../types";
import { useShelfName } from "../useShelfName";
import { EditBook } from "./EditBook";

export default function BookPage() {
  const id = Number(useParams().id) || 0;
  const book = api.useQuery(
    "get",
    "/api/books/{title_id}",
    { params: { path: { title_id: id } } },
    { meta: { live: ["books"] } },
  );
  return <Loaded query={book}>{(data) => <Opened book={data} />}</Loaded>;
}

function Opened({ book }: { book: Book }) {
  const t = useText();
  const [editing, setEditing] = useState(false);
  const guardian = useGrants().some((one) => one.role === "guardian");
  return (
    <Page
      title={book.name}
      lead={[book.subtitle, book.authors].filter(Boolean).join(t("ui.joiner"))}
      actions={
        book.editable && (
          <Button variant="default" onClick={() => setEditing(true)}>
            {t("book.edit")}
          </Button>
        )
      }
    >
      <div className={styles.open}>
        <Cover name={book.name} cover={book.cover} large />
        <Stack gap="md">
          <Stock copies={book.copies} free={book.free} />
          <Facts book={book} />
        </Stack>
      </div>
      {guardian && (
        <Suspense>
          <HoldBox title={book.id} />
        </Suspense>
      )}
      <Section title={t("book.where")}>
        {book.places.length === 0 ? (
          <Text c="dimmed">{t("book.nowhere")}</Text>
        ) : (
          <ul className={styles.lines}>
            {book.places.map((place) => (
              <li key={place.id}>
                <span className={styles.about}>
                  <span className={styles.name}>{place.name}</span>
                  {place.address && <span className={styles.soft}>{place.address}</span>}
                </span>
                <Stock copies={place.copies} free={place.free} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      {book.summary && (
        <Section title={t("book.summary")}>
          <Text className={styles.summary}>{book.summary}</Text>
        </Section>
      )}
      {book.editable && <Copies title={book.id} />}
      <Group>
        <Link to="/books/all">{t("book.all")}</Link>
      </Group>
      {editing && <EditBook book={book} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function Facts({ book }: { book: Book }) {
  const t = useText();
  const shelfName = useShelfName();
  const facts = {
    publisher: [book.publisher, book.published_year].filter(Boolean).join(" "),
    isbn: book.isbn,
    shelf: book.clc_code && `${shelfName(book.clc_code)} ${book.clc_code}`,
    cip: book.cip_number,
  };
  return (
    <dl className={styles.facts}>
      {(["publisher", "shelf", "isbn", "cip"] as const)
        .filter((name) => facts[name])
        .map((name) => (
          <FactLine key={name} label={t(`book.${name}`)} value={facts[name]} />
        ))}
    </dl>
  );
}

const FactLine = ({ label, value }: { label: string; value: string }) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
);

/** For who looks after books: each copy. */
function Copies({ title }: { title: number }) {
  const t = useText();
  const copies = api.useQuery(
    "get",
    "/api/copies",
    { params: { query: { title_id: title } } },
    { meta: { live: ["books"] } },
  );
  return (
    <Section title={t("book.copies")}>
      <Loaded query={copies}>
        {({ rows }) => (
          <ul className={styles.lines}>
            {rows.map((copy) => (
              <CopyLine key={copy.id} copy={copy} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
