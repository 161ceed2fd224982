import type { components } from "@/api/schema";

export type MyShift = components["schemas"]["MyShiftOut"];
export type MyStandby = components["schemas"]["MyStandbyOut"];
export type OpenShift = components["schemas"]["OpenShiftOut"];
export type Shift = Pick<MyShift & OpenShift, keyof MyShift & keyof OpenShift>;
