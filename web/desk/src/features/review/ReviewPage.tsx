import { Navigate, Route, Routes } from "react-router";
import { FindPage } from "./FindPage";
import { InteractionPage } from "./InteractionPage";
import "./actions";

export default function ReviewPage() {
  return (
    <Routes>
      <Route index element={<FindPage />} />
      <Route path=":id" element={<InteractionPage />} />
      <Route path="*" element={<Navigate to="/review" replace />} />
    </Routes>
  );
}
