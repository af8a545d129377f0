import { defineActions } from "@/shared/actions/actions";

const group = "admin:group.admin";
defineActions([
  { id: "admin.new", label: "admin:action.new", group },
  { id: "admin.save", key: "Ctrl+s", label: "admin:action.save", group },
  { id: "admin.close", label: "admin:action.close", group },
]);
