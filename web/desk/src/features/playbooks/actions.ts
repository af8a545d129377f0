import { defineActions } from "@/shared/actions/actions";

const group = "playbooks:group.playbooks";
defineActions([
  { id: "playbooks.save", label: "playbooks:action.save", group },
  { id: "playbooks.try", label: "playbooks:action.try", group },
  { id: "playbooks.live", label: "playbooks:action.live", group },
  { id: "playbooks.nextProblem", key: "Ctrl+.", label: "playbooks:action.nextProblem", group },
]);
