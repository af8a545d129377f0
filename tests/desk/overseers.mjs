// Supervisors, reviewers and administrators in front of their pages.

/// Signs in; `area`: and goes to that part of the desk.
export async function sign_in_to(page, login, password, area) {
  await page.getByLabel("Login").fill(login);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /: account$/ }).waitFor();
  if (area === undefined) return;
  // Who has one area only has no links, and is there already.
  const link = page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: area });
  if (await link.count()) await link.click();
}
