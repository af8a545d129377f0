import { defineActions } from "@/shared/actions/actions";

/** What a reviewer does, once: buttons, keys and the palette share it. */
const group = "review:group.review";
defineActions([
  { id: "review.search", key: "f", label: "review:action.search", group },
  { id: "review.next", key: "ArrowRight", label: "review:action.next", group },
  { id: "review.previous", key: "ArrowLeft", label: "review:action.previous", group },
  { id: "review.soundBack", key: "1", label: "review:action.soundBack", group },
  { id: "review.play", key: "2", label: "review:action.play", group },
  { id: "review.soundAhead", key: "3", label: "review:action.soundAhead", group },
  { id: "review.agree", key: "v", label: "review:action.agree", group },
  { id: "review.override", key: "x", label: "review:action.override", group },
]);
