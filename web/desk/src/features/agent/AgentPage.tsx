export default function AgentPage() {
  return <main />;
}
