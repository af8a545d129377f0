#include "base/assert.hpp"
#include "base/limits.hpp"
#include "server/webhooks/webhooks.hpp"

namespace rapport::server::webhooks {

records::Stored<records::Nothing> Webhooks::start() {
  RAPPORT_ASSERT(!thread_.joinable());
  Letters tried;
  if (auto read = read_webhooks(); !read) return read;
  if (auto read = read_failures(tried); !read) return read;
  if (auto read = read_deliveries(std::move(tried)); !read) return read;
  thread_ = std::jthread{[this](std::stop_token const& stop) { run(stop); }};
  return records::Nothing{};
}

records::Stored<records::Nothing> Webhooks::read_webhooks() {
  auto found = std::make_shared<Configured>();
  auto read = read_kind(webhook_kind, [&](records::Document const& document) {
    auto const webhook = read_webhook(document);
    if (!webhook) return;
    dispatcher_.set_webhook(webhook->id, !webhook->active);
    found->emplace(webhook->id, *webhook);
  });
  configured_ = std::move(found);
  return read;
}

records::Stored<records::Nothing> Webhooks::read_failures(Letters& tried) {
  return read_kind(failure_kind, [&](records::Document const& document) {
    if (auto failure = read_failure(document))
      tried.emplace(document.id, std::move(*failure));
    else
      write({removed(failure_kind, document.id)});
  });
}

/// Puts into line, or among the dead, what is still wanted; the rest of what is kept goes.
records::Stored<records::Nothing> Webhooks::read_deliveries(Letters tried) {
  auto read = read_kind(delivery_kind, [&](records::Document const& document) {
    auto const failure = tried.extract(document.id);
    auto const delivery = read_delivery(document);
    bool const wanted = delivery && configured_->contains(delivery->webhook);
    if (!wanted) {
      write({removed(delivery_kind, document.id)});
      if (failure) write({removed(failure_kind, document.id)});
    } else if (!failure) {
      take(*delivery);
    } else if (failure.mapped().dead) {
      dead_[delivery->webhook].emplace(document.id, failure.mapped());
    } else {
      dispatcher_.take(delivery->webhook, {delivery->id, delivery->interaction, failure.mapped().next_at, failure.mapped().attempts});
    }
  });
  if (!read) return read;
  for (auto const& [id, failure] : tried) write({removed(failure_kind, id)});  // their deliveries are gone
  return records::Nothing{};
}

records::Stored<records::Nothing> Webhooks::read_kind(char const* kind, std::function<void(records::Document const&)> const& take) {
  std::string after;
  for (bool more = true; more;) {
    auto const page = store_.documents(kind, std::nullopt, after, limits::page_max);
    if (!page) return page.error();
    for (records::Document const& document : page->documents) take(document);
    more = page->more;
    if (more) after = page->documents.back().id;
  }
  return records::Nothing{};
}

}  // namespace rapport::server::webhooks
