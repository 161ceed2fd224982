import type { components } from "@/api/schema";

export type Day = components["schemas"]["DayOut"];
export type DoorSession = components["schemas"]["DoorSessionOut"];
export type Awaited = components["schemas"]["AwaitedOut"];
export type Loose = components["schemas"]["LooseOut"];
export type Device = components["schemas"]["DeviceOut"];
export type VisitShift = components["schemas"]["VisitShiftOut"];
export type Expected = components["schemas"]["ExpectedOut"];
export type Sheet = components["schemas"]["SyncOut"];
export type ChildHere = components["schemas"]["ChildHereOut"];
export type Fetching = components["schemas"]["FetchingOut"];
export type Family = components["schemas"]["AwaitedFamilyOut"];
export type ChildPlace = components["schemas"]["ChildPlaceOut"];
export type LooseChild = components["schemas"]["LooseChildOut"];
