export const roles = ["volunteer", "guardian", "social_worker", "coordinator", "administrator", "regulator"] as const;
export type Role = (typeof roles)[number];

export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value);
