/** Files travel as form data; the schema calls them strings. */
export function asForm<Body extends Record<string, unknown>>(parts: Body) {
  return {
    body: parts as never,
    bodySerializer: () => {
      const form = new FormData();
      for (const [name, part] of Object.entries(parts)) {
        if (part instanceof File) form.append(name, part);
        else if (part !== undefined && part !== null && part !== "") form.append(name, String(part));
      }
      return form;
    },
  };
}
