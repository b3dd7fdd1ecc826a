// The outbox's rows: the only file here that runs SQL.
#include "mail/store.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "mail/mime.h"
#include "mail/sent.h"
#include "mail/sql.h"

namespace confer::mail {
namespace {

struct StoredRow : Stored {
  auto columns() { return std::tie(id, event, person, to, to_name, subject, text, kind, problem, state, created_at, sent_at); }
};

using AttachmentRow = std::tuple<std::string, std::string, std::string>;  ///< name, type, base64

std::vector<Stored> stored_of(std::vector<StoredRow> rows) { return {std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end())}; }

}  // namespace

Result<std::int64_t> insert_mail(db::Tx& tx, const Message& m, const Draft& draft, State state) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::mail::insert_mail, m.person, m.event, m.kind, m.to.address(), m.to.folded(), m.to_name, m.subject, m.text,
                                                 m.language, state, tx.now()));
  std::int64_t number = 0;
  for (const EncodedAttachment& a : draft.attachments) TRY(tx.run(sql::mail::insert_attachment, id, ++number, a.name, a.content_type, a.base64));
  return id;
}

Result<std::vector<Attachment>> attachments_of(db::Tx& tx, std::int64_t mail) {
  TRY_ASSIGN(auto rows, tx.all<AttachmentRow>(sql::mail::list_attachments, mail));
  std::vector<Attachment> list;
  for (auto& [name, content_type, base64] : rows) list.push_back({std::move(name), std::move(content_type), bytes_of_base64(base64)});
  return list;
}

Result<std::optional<ToDeliver>> find_to_deliver(db::Tx& tx, std::int64_t mail) {
  using Row = std::tuple<std::string, std::string, std::string, std::string, std::string, State, Instant>;
  TRY_ASSIGN(auto row, tx.find<Row>(sql::mail::find_to_deliver, mail));
  if (!row) return std::nullopt;
  auto& [to, to_name, subject, text, language, state, created_at] = *row;
  ToDeliver found{{std::move(to), std::move(to_name), std::move(subject), std::move(text), std::move(language), {}}, state, created_at};
  TRY_ASSIGN(auto attachments, tx.all<AttachmentRow>(sql::mail::list_attachments, mail));
  for (auto& [name, content_type, base64] : attachments) found.draft.attachments.push_back({std::move(name), std::move(content_type), std::move(base64)});
  return found;
}

Result<void> set_state(db::Tx& tx, std::int64_t mail, State state, std::string_view problem) {
  const std::optional<Instant> sent_at = state == State::sent ? std::optional(tx.now()) : std::nullopt;
  TRY(tx.run(sql::mail::set_state, mail, state, problem, sent_at));
  return {};
}

Result<std::vector<std::int64_t>> waiting_mails(db::Tx& tx) { return tx.all<std::int64_t>(sql::mail::waiting_mails); }

Result<void> set_text(db::Tx& tx, std::int64_t mail, std::string_view text) {
  TRY(tx.run(sql::mail::set_text, mail, text));
  return {};
}

Result<std::vector<Stored>> list_outbox(db::Tx& tx, std::int64_t event, int limit, std::int64_t before) {
  const std::int64_t below = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
  const int at_most = std::clamp(limit, 0, 10000);
  if (event == 0) {
    TRY_ASSIGN(auto all, tx.all<StoredRow>(sql::mail::list_outbox, below, at_most));
    return stored_of(std::move(all));
  }
  TRY_ASSIGN(auto rows, tx.all<StoredRow>(sql::mail::list_outbox_of_event, below, at_most, event));
  return stored_of(std::move(rows));
}

Result<std::optional<Stored>> find_mail(db::Tx& tx, std::int64_t id) {
  TRY_ASSIGN(auto row, tx.find<StoredRow>(sql::mail::find_mail, id));
  if (!row) return std::nullopt;
  return std::optional<Stored>(std::move(*row));
}

Result<std::vector<Stored>> mails_of(db::Tx& tx, std::int64_t person) {
  if (person == 0) return std::vector<Stored>{};
  TRY_ASSIGN(auto rows, tx.all<StoredRow>(sql::mail::mails_of, person));
  return stored_of(std::move(rows));
}

Result<std::int64_t> count_mails(db::Tx& tx, const Email& to, std::string_view kind, Instant since) {
  return tx.one<std::int64_t>(sql::mail::count_mails_to, to.folded(), kind, since);
}

Result<void> erase_person(db::Tx& tx, std::int64_t person) {
  if (person == 0) return {};
  TRY(tx.run(sql::mail::erase_attachments_of_person, person));
  TRY(tx.run(sql::mail::erase_mails_of_person, person));
  return {};
}

Result<void> erase_mail(db::Tx& tx, std::int64_t id) {
  TRY(tx.run(sql::mail::erase_attachments_of_mail, id));
  TRY(tx.run(sql::mail::erase_mail, id));
  return {};
}

Result<void> erase_address(db::Tx& tx, const Email& address) {
  TRY(tx.run(sql::mail::erase_attachments_to, address.folded()));
  TRY(tx.run(sql::mail::erase_mails_to, address.folded()));
  return {};
}

}  // namespace confer::mail
