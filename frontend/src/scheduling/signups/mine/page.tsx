/** My shifts: what is coming, and what was. */
import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Page } from "@/ui";
import rows from "@/ui/rows.module.css";
import { MyShiftRow } from "../MyShiftRow";
import { MyStandbys } from "../MyStandby";
import { useMyShifts } from "../useMyShifts";

export default function MyShiftsPage() {
  const t = useText();
  const [view, setView] = useState("coming");
  return (
    <Page title={t("mine.title")}>
      <SegmentedControl
        fullWidth
        value={view}
        onChange={setView}
        aria-label={t("mine.title")}
        data={[
          { value: "coming", label: t("mine.coming") },
          { value: "past", label: t("mine.past") },
        ]}
      />
      {view === "coming" ? <Coming /> : <Past />}
    </Page>
  );
}

function Coming() {
  const t = useText();
  const navigate = useNavigate();
  return (
    <Loaded query={useMyShifts()}>
      {({ shifts, standbys }) =>
        shifts.length + standbys.length === 0 ? (
          <EmptyState
            title={t("mine.none")}
            action={<Button onClick={() => navigate("/shifts/find")}>{t("home.find")}</Button>}
          >
            {t("home.free_hint")}
          </EmptyState>
        ) : (
          <>
            <ul className={rows.list}>
              {shifts.map((shift) => (
                <MyShiftRow key={shift.id} shift={shift} />
              ))}
            </ul>
            <MyStandbys standbys={standbys} />
          </>
        )
      }
    </Loaded>
  );
}

function Past() {
  const t = useText();
  const past = api.useQuery("get", "/api/shifts/mine", { params: { query: { past: true } } });
  return (
    <Loaded query={past}>
      {({ shifts }) =>
        shifts.length === 0 ? (
          <EmptyState title={t("mine.none_past")} />
        ) : (
          <ul className={rows.list}>
            {shifts.map((shift) => (
              <MyShiftRow key={shift.id} shift={shift} past />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
