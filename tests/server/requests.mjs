// For every operation a request that changes nothing: of what is not there, or with a body that is refused.

export const nowhere = "00000000-0000-7000-8000-000000000000";

export function harmless(one) {
  const path = one.path.replace("{id}", nowhere);
  const made = { method: one.method.toUpperCase(), path };
  const content = one.requestBody?.content;
  if (content?.["application/json"]) made.raw = '{"no_such_field": 1}';
  else if (content) made.raw = "no such column\n";
  return made;
}

/// Ends what the asker needs for the next request, is no plain request, or is a customer's own.
export const is_plain = (one) => one.operationId !== "logOut" && !["feed", "conversation"].includes(one.tags[0]);
