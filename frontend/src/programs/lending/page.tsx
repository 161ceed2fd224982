/** 借书: the search first, then the shelves; what is looked for stands in the address, so that back leads back. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { EmptyState, Icon, Loaded, Page, Pager, Section } from "@/ui";
import { BookList } from "./BookList";
import styles from "./lending.module.css";
import { ShelfPicture } from "./ShelfPicture";
import { useShelfName } from "./useShelfName";

const PAUSE = 250;

export default function BooksPage() {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const shelf = search.get("shelf") ?? "";
  const hub = Number(search.get("hub")) || undefined;
  const skip = Number(search.get("skip")) || 0;
  const [typed, setTyped] = useState(q);
  const [settled] = useDebouncedValue(typed, PAUSE);
  const go = (changed: Record<string, string>, replace = false) => {
    const next = { q, shelf, hub: hub ? String(hub) : "", ...changed };
    setSearch(Object.fromEntries(Object.entries(next).filter(([, value]) => value)), { replace });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed goes into the address
  useEffect(() => {
    if (settled.trim() !== q) go({ q: settled.trim(), shelf: "" }, true);
  }, [settled]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: back and forward change the address alone
  useEffect(() => {
    if (q !== typed.trim()) setTyped(q);
  }, [q]);
  const shelves = api.useQuery("get", "/api/books/shelves", { params: { query: { hub_id: hub } } });
  const houses = shelves.data?.houses ?? [];
  const family = useGrant()?.role === "guardian";
  return (
    <Page
      title={t("books.title")}
      lead={t("books.lead")}
      actions={
        family && (
          <Button component={Link} to="/books/mine" variant="default">
            {t("books.mine")}
          </Button>
        )
      }
    >
      <div className={styles.seek}>
        <TextInput
          type="search"
          aria-label={t("books.search")}
          placeholder={t("books.search_hint")}
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
          maxLength={60}
          enterKeyHint="search"
        />
        {houses.length > 1 && (
          <NativeSelect
            aria-label={t("books.house")}
            value={hub ?? ""}
            onChange={({ currentTarget: { value } }) => go({ hub: value })}
            data={[
              { value: "", label: t("books.all_houses") },
              ...houses.map((one) => ({ value: String(one.id), label: one.name })),
            ]}
          />
        )}
      </div>
      {q || shelf ? (
        <Results
          q={q}
          shelf={shelf}
          hub={hub}
          skip={skip}
          onSkip={(to) => go({ skip: to ? String(to) : "" })}
          onAll={() => go({ q: "", shelf: "" })}
        />
      ) : (
        <Loaded query={shelves}>
          {({ shelves: all }) =>
            all.length === 0 ? (
              <EmptyState picture="snail" title={t("books.no_books")}>
                {t("books.no_books_hint")}
              </EmptyState>
            ) : (
              <>
                <Shelves shelves={all} onOpen={(code) => go({ shelf: code })} />
                <Newest hub={hub} />
              </>
            )
          }
        </Loaded>
      )}
    </Page>
  );
}

function Shelves({ shelves, onOpen }: { shelves: { code: string; titles: number }[]; onOpen: (code: string) => void }) {
  const t = useText();
  const shelfName = useShelfName();
  return (
    <Section title={t("books.shelves")}>
      <ul className={styles.shelves}>
        {shelves.map((shelf) => (
          <li key={shelf.code}>
            <button type="button" className={styles.shelf} onClick={() => onOpen(shelf.code)}>
              <ShelfPicture code={shelf.code} />
              <span>
                <span className={styles.name}>{shelfName(shelf.code)}</span>
                <span className={styles.soft}>{t("books.n_titles", { n: shelf.titles })}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Newest({ hub }: { hub?: number }) {
  const t = useText();
  const found = api.useQuery("get", "/api/books", { params: { query: { hub_id: hub } } });
  return (
    <Section title={t("books.newest")}>
      <Loaded query={found}>{(books) => <BookList books={books.rows.slice(0, 8)} />}</Loaded>
    </Section>
  );
}

interface ResultsProps {
  q: string;
  shelf: string;
  hub?: number;
  skip: number;
  onSkip: (skip: number) => void;
  onAll: () => void;
}

function Results({ q, shelf, hub, skip, onSkip, onAll }: ResultsProps) {
  const t = useText();
  const shelfName = useShelfName();
  const query = { q, shelf, hub_id: hub, skip };
  const found = api.useQuery("get", "/api/books", { params: { query } }, { placeholderData: keepPreviousData });
  return (
    <Loaded query={found}>
      {(books) => (
        <Section
          title={shelf ? shelfName(shelf) : t("books.found", { n: books.total })}
          aside={
            <Button variant="subtle" onClick={onAll}>
              {t("books.all_shelves")}
            </Button>
          }
        >
          {books.total === 0 ? (
            <EmptyState picture="snail" title={t("books.nothing")}>
              {t("books.nothing_hint")}
            </EmptyState>
          ) : (
            <BookList books={books.rows} />
          )}
          <Pager skip={skip} size={books.page} more={skip + books.rows.length < books.total} onSkip={onSkip} />
        </Section>
      )}
    </Loaded>
  );
}
