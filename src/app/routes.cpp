// The table of what can be asked, and by whom: method, path, right, CSRF, rate class, handler. Start reading here.
#include "app/routes.h"
#include "api/api.h"
#include "api/voctoweb.h"
#include "app/privacy.h"
#include "base/random.h"
#include "cutting/card_pages.h"
#include "cutting/organiser_pages.h"
#include "cutting/review_pages.h"
#include "events/events.h"
#include "events/organiser_pages.h"
#include "footage/organiser_pages.h"
#include "html/template.h"
#include "http/prometheus.h"
#include "keeping/link_pages.h"
#include "keeping/organiser_pages.h"
#include "media/card.h"
#include "people/people_pages.h"
#include "programme/organiser_pages.h"
#include "programme/star_pages.h"
#include "recordings/captions.h"
#include "recordings/listing.h"
#include "recordings/organiser_pages.h"
#include "site/archive_pages.h"
#include "site/archive_requests.h"
#include "site/feeds.h"
#include "talks/organiser_pages.h"

namespace confer::app {
namespace {

using http::BodyKind;
using http::Csrf;
using http::Method;
using http::RateClass;
using http::Request;
using http::Response;
using Handler = Result<Response> (*)(const Web&, Request&);

/// What a form has besides its file: boundaries, the other fields.
constexpr std::uint64_t form_overhead = 1 << 20;

/// The rows are read by people and by script/check_docs.py.
class Table {
 public:
  explicit Table(const Web& web) : web_(web) {}

  /// A page or document that is read.
  void get(std::string pattern, Right right, Handler handler, RateClass rate = RateClass::page) {
    add(Method::get, std::move(pattern), right, Csrf::none, rate, bind(handler), BodyKind::none);
  }
  void get(std::string pattern, Right right, http::Handler handler, RateClass rate = RateClass::page) {
    add(Method::get, std::move(pattern), right, Csrf::none, rate, std::move(handler), BodyKind::none);
  }
  /// The same, in every language: "/sign-in" and "/de/sign-in".
  void page(const std::string& pattern, Right right, Handler handler) {
    get(pattern, right, handler);
    for (const auto& language : html::languages())
      if (language != "en") get("/" + language + pattern, right, handler);
  }
  void page(const std::string& pattern, Right right, const http::Handler& handler) {
    get(pattern, right, handler);
    for (const auto& language : html::languages())
      if (language != "en") get("/" + language + pattern, right, handler);
  }
  /// A form that changes something: its Origin must be ours.
  void post(std::string pattern, Right right, Handler handler, RateClass rate = RateClass::write) {
    add(Method::post, std::move(pattern), right, Csrf::origin, rate, bind(handler), BodyKind::form);
  }
  void post(std::string pattern, Right right, http::Handler handler, RateClass rate = RateClass::write) {
    add(Method::post, std::move(pattern), right, Csrf::origin, rate, std::move(handler), BodyKind::form);
  }
  /// A form with files.
  void upload(std::string pattern, Right right, Handler handler, std::uint64_t max_bytes) {
    add(Method::post, std::move(pattern), right, Csrf::origin, RateClass::upload, bind(handler), BodyKind::form, max_bytes);
  }
  /// A file in pieces (http/uploads.h): POST creates an upload below the pattern; HEAD, PATCH and DELETE of it follow.
  void pieces(std::string pattern, Right right, http::ResumableUploads* uploads, http::UploadMount mount) {
    if (uploads == nullptr) return;
    mount.prefix = std::move(pattern);
    mount.right = static_cast<int>(right);
    for (auto& route : http::upload_routes(*uploads, std::move(mount))) routes_.push_back(std::move(route));
  }
  /// JSON from an island: same rules as a form.
  void json(Method method, std::string pattern, Right right, Handler handler) {
    add(method, std::move(pattern), right, Csrf::origin, RateClass::write, bind(handler), BodyKind::raw);
  }
  /// The API: read by whoever has the right by session or token.
  void api(std::string pattern, Right right, Handler handler) {
    add(Method::get, std::move(pattern), right, Csrf::none, RateClass::api, bind(handler), BodyKind::none);
  }

  /// A count that any program may send: it has no session's rights, and names nobody.
  void count(std::string pattern, Right right, http::Handler handler) {
    add(Method::post, std::move(pattern), right, Csrf::none, RateClass::api, std::move(handler), BodyKind::form);
  }

  std::vector<http::Route> take() { return std::move(routes_); }

 private:
  http::Handler bind(Handler handler) {
    return [&web = web_, handler](Request& request) { return handler(web, request); };
  }
  void add(Method method, std::string pattern, Right right, Csrf csrf, RateClass rate, http::Handler handler, BodyKind body, std::size_t max_bytes = 1 << 20) {
    routes_.push_back({method, std::move(pattern), static_cast<int>(right), csrf, rate, std::move(handler), body, max_bytes});
  }
  const Web& web_;
  std::vector<http::Route> routes_;
};

/// The process answers and its database can be read.
Result<Response> health(const Web& web, Request&) {
  TRY(web.db.schema_version());
  return Response::text("ok\n");
}

Result<Response> metrics_page(const Metrics& metrics, Request& request) {
  const std::string expected = "Bearer " + metrics.token;
  const bool by_token = !metrics.token.empty() && equal_secret(request.header("authorization"), expected);
  if (!by_token) TRY(require(actor_of(request), Right::operate, {}));
  const auto site = metrics.site.numbers();
  std::string text = http::prometheus_text(metrics.server->numbers());
  text += "# TYPE confer_rendered_documents gauge\nconfer_rendered_documents " + std::to_string(site.documents) + "\n";
  text += "# TYPE confer_rendered_bytes gauge\nconfer_rendered_bytes " + std::to_string(site.bytes) + "\n";
  return Response::text(std::move(text));
}

/// The answer of `made`, or nothing when it found nothing.
Result<std::optional<Response>> if_there(Result<Response> made) {
  if (!made && made.error().code == ErrorCode::not_found) return std::nullopt;
  TRY(made);
  return std::optional(std::move(*made));
}

/// A page of an event that is only archived, which waits for no rendering; else a page or file whose event sleeps, because it is over or the program has just
/// started: the first who asks waits for it; else an address of old that leads somewhere.
Result<Response> sleeping(const Web& web, site::RenderedSite& site, site::ArchivePages& archive, Request& request) {
  TRY_ASSIGN(auto archived, if_there(archive.answer(site::archived_event_page, request)));
  if (archived) return std::move(*archived);
  TRY_ASSIGN(auto ready, site.wake(request.path));
  if (ready) return Response::ready(std::move(ready));
  if (request.path.size() > 1 && request.path.ends_with('/')) {
    const std::string without_slash = request.path.substr(0, request.path.size() - 1);
    TRY_ASSIGN(ready, site.wake(without_slash));
    if (ready) return Response::moved(without_slash);
  }
  return site::old_address(web, request);
}

/// Server-sent events of an event: releases, banners. Reconnecting clients get what they missed.
Result<Response> live(const Web& web, Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, events::require_event(tx, request.param("event")));
  if (!event.has(events::Feature::live)) return fail(ErrorCode::not_found, "Live changes are switched off for this event.");
  return Response::events("event:" + event.slug);
}

/// The events that somebody may make a token for: those of their teams.
std::vector<std::pair<EventId, std::string>> events_of(const Web& web, const Actor& actor) {
  std::vector<std::pair<EventId, std::string>> out;
  auto tx = web.db.begin_read();
  if (!tx) return out;
  auto all = events::list_events(*tx);
  if (!all) return out;
  for (const auto& event : *all)
    if (belongs_to(actor, events::scope_of(event))) out.emplace_back(event.id, event.title.in("en"));
  return out;
}

people::AccountActions account_actions(const Web& web) {
  return {.export_all = [&web](PersonId person) { return export_everything(web.db, person); },
          .erase_all = [&web](const Actor& actor, PersonId person) { return erase_everything(web, actor, person); },
          .events_for_tokens = [&web](const Actor& actor) { return events_of(web, actor); }};
}

using AccountHandler = Result<Response> (*)(const Web&, const people::AccountActions&, Request&);

}  // namespace

std::vector<http::Route> all_routes(Installation&, const Web& web, site::RenderedSite& site, const Metrics& metrics) {
  Table t(web);
  const auto actions = std::make_shared<const people::AccountActions>(account_actions(web));
  const auto account = [&web, actions](AccountHandler handler) {
    return http::Handler([&web, actions, handler](Request& request) { return handler(web, *actions, request); });
  };

  const auto archive = std::make_shared<site::ArchivePages>(web, site.headers());
  const auto made = [archive](site::MakePage page) { return http::Handler([archive, page](Request& request) { return archive->answer(page, request); }); };

  // ---- the installation
  t.get("/healthz", Right::anyone, health);
  t.get("/metrics", Right::anyone, http::Handler([&metrics](Request& request) { return metrics_page(metrics, request); }));

  // ---- visitors, what is made on demand (the rest is rendered once: site/site.h)
  t.page("/{event}/search", Right::anyone, site::search_page);
  t.get("/{event}/schedule.txt", Right::anyone, site::text_schedule);
  t.page("/{event}/releases/{name}", Right::anyone, site::old_release_page);
  t.get("/{event}/releases/{name}/{file}", Right::anyone, site::old_release_export);
  t.get("/{event}/releases/{name}/{kind}/{file}", Right::anyone, site::old_release_export);
  t.page("/{event}/talks/{code}", Right::anyone, http::Handler([&web, &site, archive](Request& request) -> Result<Response> {
           TRY_ASSIGN(auto archived, if_there(archive->answer(site::archived_talk, request)));
           if (archived) return std::move(*archived);
           TRY_ASSIGN(auto ready, site.wake(request.path));
           return ready ? Response::ready(std::move(ready)) : site::talk_redirect(web, request);
         }));
  t.get("/{event}/talks/{code}/cite.bib", Right::anyone, made(site::talk_citation));
  t.get("/{event}/talks/{code}/videos/{video}", Right::anyone, site::own_video_file);
  t.get("/{event}/talks/{code}/videos/{video}/{name}", Right::anyone, site::own_video_part);
  t.get("/{event}/talks/{code}/poster.jpg", Right::anyone, site::talk_poster);
  t.get("/{event}/talks/{code}/chapters.vtt", Right::anyone, site::chapters_vtt);
  t.get("/{event}/talks/{code}/chapters.json", Right::anyone, site::chapters_json);
  t.get("/{event}/live", Right::anyone, live, RateClass::stream);
  t.get("/{event}/talks/{code}/captions/{language}.vtt", Right::anyone, site::captions_file);
  t.get("/files/{file}/{name}", Right::anyone, http::Handler([&web, &site](Request& request) { return site::talk_file(web, site, request); }));
  t.get("/{address...}", Right::anyone, http::Handler([&web, &site, archive](Request& request) { return sleeping(web, site, *archive, request); }));

  // ---- the archive: made on demand, kept while it is true (site/archive_pages.h)
  t.page("/archive", Right::anyone, made(site::archive_home));
  t.page("/archive/search", Right::anyone, site::archive_search);
  t.get("/archive/search.json", Right::anyone, site::archive_search_as_typed);
  t.page("/archive/surprise", Right::anyone, site::archive_surprise);
  t.page("/archive/series", Right::anyone, made(site::archive_series_list));
  t.page("/archive/series/{name}", Right::anyone, made(site::archive_series));
  t.page("/archive/speakers", Right::anyone, made(site::archive_speakers));
  t.page("/archive/speakers/{name}", Right::anyone, made(site::archive_speaker));
  t.page("/archive/speakers/{name}/claim", Right::signed_in, site::claim_page);
  t.post("/archive/speakers/{name}/claim", Right::signed_in, site::claim_submit, RateClass::ask);
  t.page("/archive/speakers/{name}/removal", Right::anyone, site::removal_page);
  t.post("/archive/speakers/{name}/removal", Right::anyone, site::removal_submit, RateClass::ask);
  t.page("/archive/corrections/{code}", Right::anyone, site::correction_page);
  t.post("/archive/corrections/{code}", Right::anyone, site::correction_submit, RateClass::ask);
  t.page("/archive/tags", Right::anyone, made(site::archive_tags));
  t.page("/archive/tags/{name}", Right::anyone, made(site::archive_tag));
  t.page("/archive/languages/{name}", Right::anyone, made(site::archive_language));
  t.page("/archive/years", Right::anyone, made(site::archive_years));
  t.page("/archive/years/{year}", Right::anyone, made(site::archive_year));
  t.page("/series/{name}", Right::anyone, site::series_redirect);
  t.get("/sitemap.xml", Right::anyone, made(site::sitemap_index));
  t.get("/archive/feed.atom", Right::anyone, made(site::archive_feed));
  t.get("/archive/podcast.rss", Right::anyone, made(site::archive_podcast));
  t.get("/archive/{kind}/{name}/feed.atom", Right::anyone, made(site::archive_feed));
  t.get("/archive/{kind}/{name}/podcast.rss", Right::anyone, made(site::archive_podcast));
  t.get("/archive/search.atom", Right::anyone, site::search_feed);
  t.get("/archive/search.rss", Right::anyone, site::search_podcast);
  t.get("/archive/sitemap.xml", Right::anyone, made(site::archive_sitemap));
  t.get("/archive/sitemap/{after}.xml", Right::anyone, made(site::archive_sitemap));

  // ---- the archive's keeper
  t.get("/organise/archive", Right::archive, keeping::organiser_archive);
  t.get("/organise/archive/queue", Right::archive, keeping::organiser_queue);
  t.post("/organise/archive/queue", Right::archive, keeping::organiser_queue_submit);
  t.get("/organise/archive/decided", Right::archive, keeping::organiser_decided);
  t.post("/organise/archive/decided", Right::archive, keeping::organiser_take_back);
  t.get("/organise/archive/imports", Right::archive, keeping::organiser_imports);
  t.get("/organise/archive/imports/{run}", Right::archive, keeping::organiser_import_run);
  t.post("/organise/archive/imports/{run}/undo", Right::archive, keeping::organiser_import_undo);
  t.get("/organise/archive/many", Right::archive, keeping::organiser_many);
  t.post("/organise/archive/many", Right::archive, keeping::organiser_many_submit);
  t.post("/organise/archive/names", Right::archive, keeping::organiser_look_for_names);
  t.get("/organise/archive/links", Right::archive, keeping::organiser_links);
  t.get("/organise/archive/links.csv", Right::archive, keeping::organiser_links_csv);
  t.post("/organise/archive/links/check", Right::archive, keeping::organiser_links_check);
  t.post("/organise/archive/links/{video}", Right::archive, keeping::organiser_link_change);

  // ---- an event's organisers: the programme
  t.get("/organise/{event}", Right::signed_in, programme::organiser_dashboard);
  t.post("/organise/{event}/restore", Right::signed_in, programme::organiser_restore);
  t.get("/organise/{event}/now", Right::programme, programme::organiser_now);
  t.get("/organise/{event}/now/{slot}", Right::programme, programme::organiser_now_slot);
  t.post("/organise/{event}/now/{slot}", Right::programme, programme::organiser_now_slot_submit);
  t.get("/organise/{event}/now/rooms/{room}", Right::programme, programme::organiser_now_room);
  t.post("/organise/{event}/now/rooms/{room}", Right::programme, programme::organiser_now_room_submit);
  t.get("/organise/{event}/slots", Right::programme, programme::organiser_slots);
  t.post("/organise/{event}/slots", Right::programme, programme::organiser_slots_change);
  t.post("/organise/{event}/slots/swap", Right::programme, programme::organiser_swap);
  t.get("/organise/{event}/slots/check", Right::programme, programme::organiser_slot_check);
  t.get("/organise/{event}/slots/new", Right::programme, programme::organiser_new_slot);
  t.post("/organise/{event}/slots/new", Right::programme, programme::organiser_slot_submit);
  t.get("/organise/{event}/slots/{slot}", Right::programme, programme::organiser_slot);
  t.post("/organise/{event}/slots/{slot}", Right::programme, programme::organiser_slot_submit);
  t.post("/organise/{event}/slots/{slot}/remove", Right::programme, programme::organiser_slot_remove);
  t.get("/organise/{event}/speakers", Right::programme, programme::organiser_speakers);
  t.post("/organise/{event}/speakers", Right::programme, programme::organiser_speakers_change);
  t.get("/organise/{event}/speakers/addresses", Right::people, programme::organiser_speaker_addresses);
  t.post("/organise/{event}/speakers/times", Right::programme, programme::organiser_speaker_add);
  t.get("/organise/{event}/speakers/{person}", Right::programme, programme::organiser_speaker);
  t.post("/organise/{event}/speakers/{person}", Right::programme, programme::organiser_speaker_submit);
  t.get("/organise/{event}/release", Right::programme, programme::organiser_release);
  t.post("/organise/{event}/release", Right::programme, programme::organiser_release_submit);
  t.post("/organise/{event}/release/reset", Right::programme, programme::organiser_reset_submit);
  t.get("/organise/{event}/rules", Right::programme, programme::organiser_rules);
  t.post("/organise/{event}/rules", Right::programme, programme::organiser_rules_submit);
  t.get("/organise/{event}/import", Right::programme, programme::organiser_import);
  t.upload("/organise/{event}/import", Right::programme, programme::organiser_import_upload, 32 << 20);
  t.get("/organise/{event}/import/{file}", Right::programme, programme::organiser_import_preview);
  t.post("/organise/{event}/import/{file}", Right::programme, programme::organiser_import_submit);
  t.get("/organise/{event}/speakers/{person}/details", Right::programme, programme::organiser_person);
  t.post("/organise/{event}/speakers/{person}/details", Right::programme, programme::organiser_person_submit);
  t.get("/organise/{event}/speakers/{person}/export", Right::people, account(programme::organiser_person_export));
  t.post("/organise/{event}/speakers/{person}/erase", Right::people, account(programme::organiser_person_erase));
  t.get("/organise/{event}/follow", Right::programme, programme::organiser_follow);
  t.post("/organise/{event}/follow", Right::programme, programme::organiser_follow_submit);
  t.post("/organise/{event}/follow/now", Right::programme, programme::organiser_follow_now);
  t.post("/organise/{event}/follow/remove", Right::programme, programme::organiser_follow_remove);
  // ---- an event's organisers: recordings
  t.get("/organise/{event}/recordings", Right::media, recordings::organiser_recordings);
  t.upload("/organise/{event}/recordings/match", Right::media, recordings::organiser_list_upload, recordings::largest_video_list + form_overhead);
  t.get("/organise/{event}/recordings/match/{file}", Right::media, recordings::organiser_list_review);
  t.post("/organise/{event}/recordings/match/{file}", Right::media, recordings::organiser_list_submit);
  t.post("/organise/{event}/recordings/taken/{list}/undo", Right::media, recordings::organiser_list_undo);
  t.get("/organise/{event}/talks/{code}/recording", Right::media, recordings::organiser_recording);
  t.post("/organise/{event}/talks/{code}/recording", Right::media, recordings::organiser_recording_submit);
  t.get("/organise/{event}/talks/{code}/captions", Right::media, recordings::organiser_captions);
  t.upload("/organise/{event}/talks/{code}/captions", Right::media, recordings::organiser_captions_upload, recordings::largest_captions + form_overhead);
  t.get("/organise/{event}/talks/{code}/captions/{language}", Right::media, recordings::organiser_caption_text);
  t.upload("/organise/{event}/talks/{code}/captions/{language}", Right::media, recordings::organiser_caption_text_submit,
           recordings::largest_captions + form_overhead);
  t.post("/organise/{event}/talks/{code}/captions/{language}/remove", Right::media, recordings::organiser_captions_remove);
  t.post("/organise/{event}/talks/{code}/captions/{language}/restore", Right::media, recordings::organiser_captions_restore);
  // ---- an event's organisers: what recorders wrote
  t.get("/organise/{event}/footage", Right::media, footage::organiser_footage);
  t.get("/organise/{event}/footage/recorders/{recorder}", Right::media, footage::organiser_recorder);
  t.post("/organise/{event}/footage/recorders/{recorder}", Right::media, footage::organiser_recorder_submit);
  t.post("/organise/{event}/footage/recorders/{recorder}/clock", Right::media, footage::organiser_clock);
  t.post("/organise/{event}/footage/recorders/{recorder}/remove", Right::media, footage::organiser_recorder_remove);
  t.post("/organise/{event}/footage/recorders/{recorder}/files/{file}/remove", Right::media, footage::organiser_file_remove);
  t.upload("/organise/{event}/footage/recorders/{recorder}/upload", Right::media, footage::organiser_upload, web.max_file_bytes + form_overhead);
  t.pieces("/organise/{event}/footage/recorders/{recorder}/pieces", Right::media, web.recordings,
           {.prefix = {},
            .right = 0,
            .owner = [&web](const Request& request) { return footage::owner_of_pieces(web, request); },
            .announced = [&web](const Request& request, const http::UploadState& upload) { return footage::pieces_begin(web, request, upload); },
            .finished = [&web](Request& request, const http::UploadState& upload) { return footage::pieces_finished(web, request, upload); }});
  // ---- an event's organisers: from footage to published videos
  t.get("/organise/{event}/cuts", Right::media, cutting::organiser_cuts);
  t.post("/organise/{event}/cuts", Right::media, cutting::organiser_cuts_settings);
  t.get("/organise/{event}/cuts/{slot}", Right::media, cutting::organiser_cut);
  t.post("/organise/{event}/cuts/{slot}", Right::media, cutting::organiser_cut_submit);
  t.get("/organise/{event}/cuts/{slot}/preview.mp4", Right::media, cutting::organiser_preview);
  t.get("/organise/{event}/cuts/{slot}/files/{name}", Right::media, cutting::organiser_beside_preview);
  t.get("/organise/{event}/cuts/{slot}/parts/{part}", Right::media, cutting::organiser_cut);
  t.post("/organise/{event}/cuts/{slot}/parts/{part}", Right::media, cutting::organiser_cut_submit);
  t.get("/organise/{event}/cuts/{slot}/parts/{part}/preview.mp4", Right::media, cutting::organiser_preview);
  t.get("/organise/{event}/cuts/{slot}/parts/{part}/files/{name}", Right::media, cutting::organiser_beside_preview);
  // ---- a look at a cut: no account needed, the token is the key
  t.get("/organise/{event}/stage/{room}", Right::media, cutting::organiser_stage);
  t.post("/organise/{event}/stage/{room}", Right::media, cutting::organiser_stage_submit);
  t.get("/organise/{event}/cards", Right::media, cutting::organiser_cards);
  t.upload("/organise/{event}/cards", Right::media, cutting::organiser_cards_submit, media::largest_card + form_overhead);
  t.get("/organise/{event}/cards/{kind}.png", Right::media, cutting::organiser_card);
  t.get("/organise/{event}/cards/{kind}.svg", Right::media, cutting::organiser_card_template);
  t.get("/account/cards", Right::signed_in, cutting::own_cards);
  t.get("/account/cards/{code}.png", Right::signed_in, cutting::own_card);
  t.get("/review/card.png", Right::anyone, cutting::review_card);
  t.page("/review", Right::anyone, cutting::review_page);
  t.post("/review", Right::anyone, cutting::review_submit);
  t.get("/review/preview.mp4", Right::anyone, cutting::review_preview);
  t.get("/review/files/{name}", Right::anyone, cutting::review_file);
  // ---- stars: no account needed, the token is the key
  t.json(Method::post, "/stars", Right::anyone, programme::make_stars);
  t.json(Method::post, "/{event}/stars", Right::anyone, programme::merge_stars_request);
  t.json(Method::post, "/{event}/calendar-feed", Right::anyone, programme::make_feed);
  t.json(Method::post, "/{event}/calendar-feed/revoke", Right::anyone, programme::revoke_feeds);
  t.json(Method::post, "/{event}/personal-link", Right::anyone, programme::personal_link);
  t.page("/s/{token}", Right::anyone, programme::personal_link_page);
  t.get("/calendar/{file}", Right::anyone, programme::personal_calendar);

  // ---- the read API, and its description
  t.get("/api", Right::anyone, api::reference_page);
  t.api("/api/v1", Right::anyone, api::index);
  t.api("/api/v1/openapi.json", Right::anyone, api::openapi_document);
  t.api("/api/v1/series", Right::anyone, api::list_series);
  t.api("/api/v1/series/{series}", Right::anyone, api::show_series);
  t.api("/api/v1/events", Right::anyone, api::list_events);
  t.api("/api/v1/events/{event}", Right::anyone, api::show_event);
  t.api("/api/v1/events/{event}/pages", Right::anyone, api::list_pages);
  t.api("/api/v1/events/{event}/pages/{page}", Right::anyone, api::show_page);
  t.api("/api/v1/events/{event}/schedule", Right::anyone, api::show_schedule);
  t.api("/api/v1/events/{event}/talks", Right::anyone, api::list_talks);
  t.api("/api/v1/events/{event}/talks/{code}", Right::anyone, api::show_talk);
  t.api("/api/v1/events/{event}/speakers", Right::anyone, api::list_speakers);
  t.api("/api/v1/events/{event}/speakers/{code}", Right::anyone, api::show_speaker);
  t.api("/api/v1/events/{event}/slots", Right::anyone, api::list_slots);
  t.api("/api/v1/events/{event}/releases", Right::anyone, api::list_releases);
  t.api("/api/v1/events/{event}/releases/{name}", Right::anyone, api::show_release);
  t.api("/api/v1/events/{event}/facts", Right::anyone, api::list_facts);
  t.api("/api/v1/events/{event}/draft", Right::programme, api::show_draft);
  t.api("/api/v1/events/{event}/contacts", Right::people, api::list_contacts);

  // ---- voctoweb's public interface, for media centres and television apps
  t.get("/public/conferences", Right::anyone, api::voctoweb::list_conferences, RateClass::api);
  t.get("/public/conferences/{acronym}", Right::anyone, api::voctoweb::show_conference, RateClass::api);
  t.get("/public/events", Right::anyone, api::voctoweb::list_talks, RateClass::api);
  t.get("/public/events/recent", Right::anyone, api::voctoweb::list_recent, RateClass::api);
  t.get("/public/events/search", Right::anyone, api::voctoweb::search, RateClass::api);
  t.get("/public/events/popular", Right::anyone, api::voctoweb::list_popular, RateClass::api);
  t.get("/public/events/unpopular", Right::anyone, api::voctoweb::list_unpopular, RateClass::api);
  t.get("/public/events/promoted", Right::anyone, api::voctoweb::list_promoted, RateClass::api);
  t.get("/public/events/{guid}", Right::anyone, api::voctoweb::show_talk, RateClass::api);
  t.get("/public/recordings", Right::anyone, api::voctoweb::list_recordings, RateClass::api);
  t.get("/public/recordings/{id}", Right::anyone, api::voctoweb::show_recording, RateClass::api);
  t.get("/public/oembed", Right::anyone, api::voctoweb::oembed, RateClass::api);
  t.count("/public/recordings/count", Right::anyone,
          [&web, counter = std::make_shared<recordings::ViewCounter>()](Request& request) { return api::voctoweb::count_view(web, *counter, request); });

  // ---- signing in and out
  t.page("/sign-in", Right::anyone, people::sign_in_page);
  t.post("/sign-in", Right::anyone, people::sign_in_submit, RateClass::sign_in);
  t.post("/sign-in/link-request", Right::anyone, people::link_request, RateClass::sign_in);
  t.page("/check-your-mail", Right::anyone, people::check_your_mail_page);
  t.page("/sign-in/link", Right::anyone, people::link_page);
  t.post("/sign-in/link", Right::anyone, people::link_submit, RateClass::sign_in);
  t.page("/sign-up", Right::anyone, people::sign_up_page);
  t.post("/sign-up", Right::anyone, people::sign_up_submit, RateClass::sign_in);
  t.post("/sign-out", Right::anyone, people::sign_out_submit);

  // ---- one's own account
  t.get("/account", Right::signed_in, account(people::account_page));
  t.post("/account/profile", Right::signed_in, account(people::profile_submit));
  t.post("/account/password", Right::signed_in, account(people::password_submit));
  t.post("/account/sessions/{id}/revoke", Right::signed_in, people::session_revoke);
  t.post("/account/sessions/revoke-others", Right::signed_in, people::sessions_revoke_others);
  t.post("/account/tokens", Right::signed_in, account(people::token_submit));
  t.post("/account/tokens/{id}/revoke", Right::signed_in, people::token_revoke);
  t.get("/account/export", Right::signed_in, account(people::account_export));
  t.post("/account/erase", Right::signed_in, account(people::account_erase));

  // ---- an event's organisers: talks
  t.get("/organise/{event}/talks", Right::programme, programme::organiser_talks);
  t.post("/organise/{event}/talks", Right::programme, programme::organiser_talks_change);
  t.get("/organise/{event}/talks/new", Right::programme, talks::organiser_new_talk);
  t.post("/organise/{event}/talks/new", Right::programme, talks::organiser_talk_submit);
  t.get("/organise/{event}/talks/{code}", Right::programme, talks::organiser_talk);
  t.post("/organise/{event}/talks/{code}", Right::programme, talks::organiser_talk_submit);
  t.post("/organise/{event}/talks/{code}/remove", Right::programme, talks::organiser_talk_remove);
  t.get("/organise/{event}/talks/{code}/files", Right::programme, programme::organiser_files);
  t.post("/organise/{event}/talks/{code}/files", Right::programme, programme::organiser_files_submit);
  t.upload("/organise/{event}/talks/{code}/files/upload", Right::programme, programme::organiser_file_upload, web.max_file_bytes + form_overhead);
  t.pieces("/organise/{event}/talks/{code}/files/pieces", Right::programme, web.uploads,
           {.prefix = {},
            .right = 0,
            .owner = [&web](const Request& request) { return programme::owner_of_pieces(web, request); },
            .announced = [&web](const Request& request, const http::UploadState& upload) { return programme::pieces_begin(web, request, upload); },
            .finished = [&web](Request& request, const http::UploadState& upload) { return programme::pieces_finished(web, request, upload); }});
  t.post("/organise/{event}/talks/{code}/files/publish", Right::programme, programme::organiser_files_publish);
  t.post("/organise/{event}/talks/{code}/files/{file}/erase", Right::programme, http::Handler([&web](Request& request) -> Result<Response> {
           TRY_ASSIGN(auto done, programme::organiser_file_erase(web, request));
           TRY_ASSIGN(auto tx, web.db.begin_read());
           TRY_ASSIGN(const auto event, events::require_event(tx, request.param("event")));
           site::forget_kept(web.data_dir, event.slug);
           web.programme_changed(event.id);
           return done;
         }));

  // ---- an event's organisers: the event
  t.get("/organise", Right::signed_in, events::organiser_home);
  t.get("/organise/series", Right::signed_in, events::organiser_series_list);
  t.post("/organise/series", Right::organise, events::organiser_series_add);
  t.get("/organise/series/{series}", Right::organise, events::organiser_series);
  t.post("/organise/series/{series}", Right::organise, events::organiser_series_submit);
  t.get("/organise/series/{series}/new", Right::organise, events::organiser_new_event);
  t.post("/organise/series/{series}/new", Right::organise, events::organiser_new_event_submit);
  t.get("/organise/{event}/theme.css", Right::signed_in, events::organiser_theme);
  t.get("/organise/{event}/rooms", Right::organise, events::organiser_rooms);
  t.post("/organise/{event}/rooms", Right::organise, events::organiser_rooms_submit);
  t.get("/organise/{event}/rooms/new", Right::organise, events::organiser_room);
  t.post("/organise/{event}/rooms/new", Right::organise, events::organiser_room_submit);
  t.get("/organise/{event}/rooms/{id}", Right::organise, events::organiser_room);
  t.post("/organise/{event}/rooms/{id}", Right::organise, events::organiser_room_submit);
  t.post("/organise/{event}/rooms/{id}/remove", Right::organise, programme::organiser_room_remove);
  t.get("/organise/{event}/tracks", Right::organise, events::organiser_tracks);
  t.post("/organise/{event}/tracks", Right::organise, events::organiser_tracks_submit);
  t.get("/organise/{event}/tracks/new", Right::organise, events::organiser_track);
  t.post("/organise/{event}/tracks/new", Right::organise, events::organiser_track_submit);
  t.get("/organise/{event}/tracks/{id}", Right::organise, events::organiser_track);
  t.post("/organise/{event}/tracks/{id}", Right::organise, events::organiser_track_submit);
  t.post("/organise/{event}/tracks/{id}/remove", Right::organise, events::organiser_track_remove);
  t.get("/organise/{event}/types", Right::organise, events::organiser_types);
  t.post("/organise/{event}/types", Right::organise, events::organiser_types_submit);
  t.get("/organise/{event}/types/new", Right::organise, events::organiser_type);
  t.post("/organise/{event}/types/new", Right::organise, events::organiser_type_submit);
  t.get("/organise/{event}/types/{id}", Right::organise, events::organiser_type);
  t.post("/organise/{event}/types/{id}", Right::organise, events::organiser_type_submit);
  t.post("/organise/{event}/types/{id}/remove", Right::organise, events::organiser_type_remove);
  t.get("/organise/{event}/pages", Right::site, events::organiser_pages);
  t.post("/organise/{event}/pages", Right::site, events::organiser_pages_submit);
  t.get("/organise/{event}/pages/new", Right::site, events::organiser_page);
  t.post("/organise/{event}/pages/new", Right::site, events::organiser_page_submit);
  t.get("/organise/{event}/pages/{id}", Right::site, events::organiser_page);
  t.post("/organise/{event}/pages/{id}", Right::site, events::organiser_page_submit);
  t.post("/organise/{event}/pages/{id}/remove", Right::site, events::organiser_page_remove);
  t.get("/organise/{event}/settings", Right::organise, events::organiser_settings);
  t.post("/organise/{event}/settings", Right::organise, events::organiser_settings_submit);
  t.get("/organise/{event}/banner", Right::site, events::organiser_banner);
  t.post("/organise/{event}/banner", Right::site, events::organiser_banner_submit);
  t.get("/organise/{event}/teams", Right::organise, events::organiser_teams);
  t.post("/organise/{event}/teams", Right::organise, events::organiser_team_add);
  t.get("/organise/{event}/teams/{id}", Right::organise, events::organiser_team);
  t.post("/organise/{event}/teams/{id}", Right::organise, events::organiser_team_submit);
  t.post("/organise/{event}/teams/{id}/members", Right::organise, events::organiser_member_add);
  t.post("/organise/{event}/teams/{id}/members/remove", Right::organise, events::organiser_member_remove);
  t.post("/organise/{event}/teams/{id}/remove", Right::organise, events::organiser_team_remove);
  t.get("/organise/{event}/audit", Right::organise, events::organiser_audit);
  t.get("/organise/{event}/outbox", Right::people, events::organiser_outbox);
  t.get("/organise/{event}/outbox/{mail}", Right::people, events::organiser_mail);
  t.get("/organise/{event}/outbox/{mail}/{number}", Right::people, events::organiser_mail_file);
  t.get("/admin/outbox", Right::operate, events::installation_outbox);
  t.get("/admin/outbox/{mail}", Right::operate, events::installation_mail);
  t.get("/admin/outbox/{mail}/{number}", Right::operate, events::installation_mail_file);
  t.get("/admin/jobs", Right::operate, events::installation_jobs);
  t.post("/admin/jobs/retry", Right::operate, events::installation_retry);

  return t.take();
}

}  // namespace confer::app
