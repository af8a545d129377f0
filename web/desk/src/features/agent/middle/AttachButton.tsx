import { useRef } from "react";
import { useAction } from "@/shared/actions/actions";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Icon } from "@/shared/ui/Icon";

/** What the server takes by its default (docs/attachments.md); it looks at the content itself and has the last word. */
const accepted = ["png", "jpg", "jpeg", "gif", "webp", "pdf", "mp3", "m4a", "ogg", "wav", "mp4", "docx", "xlsx", "pptx", "txt"].map((ending) => `.${ending}`).join(",");

/** Chooses files for the customer; `null`: not now. */
export function AttachButton({ onFiles }: { onFiles: ((files: readonly File[]) => void) | null }) {
  const chosen = useRef<HTMLInputElement>(null);
  useAction("agent.attach", onFiles ? () => chosen.current?.click() : null);
  return (
    <>
      <ActionButton action="agent.attach" kind="quiet" icon={<Icon name="clip" />} />
      <input
        ref={chosen}
        type="file"
        multiple
        hidden
        accept={accepted}
        onChange={({ currentTarget }) => {
          onFiles?.([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
