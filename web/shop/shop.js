// A demo shop: counts what is put into the basket, and opens the chat where the page offers it.

const basket = document.getElementById("basket");
const told = document.getElementById("told");

for (const button of document.querySelectorAll("[data-basket]")) {
  button.addEventListener("click", () => {
    basket.textContent = String(Number(basket.textContent) + 1);
    told.textContent = document.documentElement.lang === "de" ? `${button.dataset.basket} liegt im Warenkorb.` : `${button.dataset.basket} is in your basket.`;
  });
}

for (const button of document.querySelectorAll("[data-chat]")) {
  button.addEventListener("click", () => window.rapportChat?.open());
}
