import type { Resource } from "../model/resources";
import { CallingList } from "./CallingList";
import { IdentityKey } from "./IdentityKey";
import { UserAccess } from "./UserAccess";
import { WebhookLetters } from "./WebhookLetters";

/** What can be done with an item besides changing its fields. */
export function ItemExtras({ resource, id }: { resource: Resource; id: string }) {
  if (resource.id === "users") return <UserAccess id={id} />;
  if (resource.id === "calling-lists") return <CallingList id={id} />;
  if (resource.id === "brands") return <IdentityKey brand={id} />;
  if (resource.id === "webhooks") return <WebhookLetters webhook={id} />;
  return null;
}
