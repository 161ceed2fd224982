/** Faults where they stand: the sheet's own cells, the faulty one marked, its reason beside it. */
import { useLayoutEffect, useRef } from "react";
import { useText } from "@/i18n";
import { Icon, Section } from "@/ui";
import { cellName, type Finding, type Grid } from "./types";
import styles from "./workbook.module.css";

const anchor = (fault: Finding): string => `fault-${fault.sheet}-${fault.letter}${fault.row}`;

export function FaultGrids({ grids, faults }: { grids: Grid[]; faults: Finding[] }) {
  const t = useText();
  const known = new Set(grids.map((grid) => grid.sheet));
  const loose = faults.filter((fault) => !known.has(fault.sheet));
  return (
    <>
      {loose.length > 0 && (
        <Section title={t("import.faults_in_file")}>
          <FaultList faults={loose} />
        </Section>
      )}
      {grids.map((grid) => {
        const mine = faults.filter((fault) => fault.sheet === grid.sheet);
        return (
          <Section key={grid.sheet} title={t("import.faults_of", { sheet: grid.sheet, n: mine.length })}>
            <div className={styles.beside}>
              <FaultList faults={mine} />
              <Cells grid={grid} faults={mine} />
            </div>
          </Section>
        );
      })}
    </>
  );
}

function FaultList({ faults }: { faults: Finding[] }) {
  const t = useText();
  return (
    <ol className={styles.faults}>
      {faults.map((fault) => (
        <li key={`${anchor(fault)}-${fault.code}`}>
          <CellLink fault={fault} />
          <span>
            {fault.column && <b>{fault.column}</b>}
            {fault.value && <q>{fault.value}</q>}
          </span>
          <span>{fault.message}</span>
        </li>
      ))}
      {faults.length === 0 && <li>{t("import.none")}</li>}
    </ol>
  );
}

function CellLink({ fault }: { fault: Finding }) {
  const named = (
    <>
      <Icon name="warning" size="1.1em" />
      {cellName(fault)}
    </>
  );
  if (!fault.letter) return <span className={styles.cellName}>{named}</span>;
  return (
    <a
      href={`#${anchor(fault)}`}
      className={styles.cellName}
      // Sideways, too: on a phone the sheet is wider than the screen.
      onClick={() => document.getElementById(anchor(fault))?.scrollIntoView({ block: "center", inline: "center" })}
    >
      {named}
    </a>
  );
}

function Cells({ grid, faults }: { grid: Grid; faults: Finding[] }) {
  const t = useText();
  const found = new Map(faults.map((fault) => [`${fault.letter}${fault.row}`, fault]));
  const columns = columnsToShow(grid, faults);
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const cell = box.current?.querySelector<HTMLElement>("[data-fault]");
    // Only sideways, and only as far as needed: the page itself stays where it is.
    if (box.current && cell) box.current.scrollLeft = cell.offsetLeft + cell.offsetWidth - box.current.clientWidth;
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={box} className={styles.sheet} tabIndex={0} aria-label={t("import.cells_of", { sheet: grid.sheet })}>
      <table>
        <thead>
          <tr>
            <td aria-hidden="true" className={styles.stays} />
            {columns.map((place) => (
              <th key={grid.letters[place]} scope="col" className={styles.letter}>
                {grid.letters[place]}
              </th>
            ))}
          </tr>
          <tr>
            <th scope="row" className={`${styles.letter} ${styles.stays}`}>
              {grid.header_row}
            </th>
            {columns.map((place) => (
              <td key={grid.letters[place]} className={styles.header}>
                {grid.headers[place]}
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, index) => (
            <tr key={row.row} data-gap={(grid.rows[index - 1]?.row ?? row.row) + 1 < row.row || undefined}>
              <th scope="row" className={`${styles.letter} ${styles.stays}`}>
                {row.row}
              </th>
              {columns.map((place) => {
                const letter = grid.letters[place];
                const fault = found.get(`${letter}${row.row}`);
                return (
                  <td key={letter} id={fault && anchor(fault)} data-fault={fault ? true : undefined}>
                    {fault && <Icon name="warning" size="1em" />}
                    {row.cells[place] || (fault ? t("import.blank") : "")}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The row's name, the faulty columns and their neighbors: enough to find the place, on a phone too. */
function columnsToShow(grid: Grid, faults: Finding[]): number[] {
  const wanted = new Set([0, 1]);
  for (const fault of faults) {
    const place = grid.letters.indexOf(fault.letter);
    for (const near of [place - 1, place, place + 1]) wanted.add(near);
  }
  return grid.letters.map((_, place) => place).filter((place) => wanted.has(place));
}
