// /api/v1/openapi.json, and /api: the same document drawn for people.
#include <nlohmann/json.hpp>
#include "api/api.h"
#include "api/asked.h"
#include "base/embedded.h"
#include "base/text.h"
#include "html/markdown.h"
#include "html/template.h"

namespace confer::api {
namespace {

using Json = nlohmann::json;

const Json& document() {
  static const Json parsed = Json::parse(embedded::api_documents().front().bytes);
  return parsed;
}

/// The thing that a "$ref" names, else the thing itself.
const Json& resolved(const Json& thing) {
  const auto ref = thing.find("$ref");
  if (ref == thing.end()) return thing;
  return document().at(Json::json_pointer(ref->get<std::string>().substr(1)));
}

std::string text_of(const Json& thing, const char* key) { return thing.value(key, std::string{}); }

/// "#/components/schemas/Talk" → "Talk".
std::string name_of_ref(const Json& schema) {
  const auto ref = text_of(schema, "$ref");
  return ref.substr(ref.rfind('/') + 1);
}

struct Type {
  std::string words, schema;  ///< `schema`: what the words lead to
};

/// "a list of Talk", "text or null".
Type type_of(const Json& schema) {
  if (schema.contains("$ref")) return {name_of_ref(schema), name_of_ref(schema)};
  for (const char* key : {"oneOf", "anyOf"})
    if (schema.contains(key)) {
      Type type;
      for (const auto& one : schema[key]) {
        const Type part = type_of(one);
        type.words += (type.words.empty() ? "" : " or ") + part.words;
        if (!part.schema.empty()) type.schema = part.schema;
      }
      return type;
    }
  if (schema.contains("enum")) {
    std::vector<std::string> values;
    for (const auto& value : schema["enum"]) values.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    return {join(values, ", "), {}};
  }
  const auto kind = schema.value("type", Json());
  if (kind == "array") {
    const Type of = type_of(schema.value("items", Json::object()));
    return {"list of " + of.words, of.schema};
  }
  std::string words = kind.is_array() ? std::string{} : kind.get<std::string>();
  if (kind.is_array())
    for (const auto& one : kind) words += (words.empty() ? "" : " or ") + one.get<std::string>();
  if (const auto format = text_of(schema, "format"); !format.empty()) words += " (" + format + ")";
  return {words, {}};
}

void fill_type(html::View& view, const Json& schema) {
  const Type type = type_of(schema);
  if (type.schema.empty())
    view.add("PLAIN").set("TYPE", type.words);
  else
    view.add("LINKED").set("TYPE", type.words).set("SCHEMA_ID", type.schema);
}

/// A sentence of the document: Markdown with code marks and links.
void fill_description(html::View& view, const Json& thing) {
  if (const auto text = text_of(thing, "description"); !text.empty()) view.add("ABOUT").set_html("ABOUT_HTML", html::markdown(text, 3));
}

void fill_operation(html::View& view, const std::string& path, const Json& item, const Json& operation) {
  view.set("PATH", path).set("ID", text_of(operation, "operationId")).set("SUMMARY", text_of(operation, "summary"));
  fill_description(view, operation);
  html::View* table = nullptr;
  for (const auto& list : {item.value("parameters", Json::array()), operation.value("parameters", Json::array())})
    for (const auto& one : list) {
      const Json& parameter = resolved(one);
      if (table == nullptr) table = &view.add("PARAMETERS");
      auto& row = table->add("PARAMETER");
      row.set("NAME", text_of(parameter, "name")).show(text_of(parameter, "in") == "path" ? "IN_PATH" : "IN_QUERY");
      fill_type(row, parameter.value("schema", Json::object()));
      fill_description(row, parameter);
    }
  const Json& good = resolved(operation.at("responses").at("200"));
  for (const auto& [media, content] : good.value("content", Json::object()).items()) fill_type(view.add("ANSWER"), content.value("schema", Json::object()));
}

void fill_schema(html::View& view, const std::string& name, const Json& schema) {
  view.set("NAME", name);
  fill_description(view, schema);
  const auto fields = schema.value("properties", Json::object());
  if (fields.empty()) return;
  auto& table = view.add("FIELDS");
  for (const auto& [field, of] : fields.items()) {
    auto& row = table.add("FIELD");
    row.set("FIELD_NAME", field);
    fill_type(row, of);
    fill_description(row, of);
  }
}

}  // namespace

Result<http::Response> openapi_document(const Web& /*web*/, http::Request& request) {
  return answer(request, std::string(embedded::api_documents().front().bytes));
}

Result<http::Response> reference_page(const Web& web, http::Request& /*request*/) {
  html::View view;
  const auto& info = document().at("info");
  view.set("VERSION", text_of(info, "version")).set_html("INTRODUCTION_HTML", html::markdown(text_of(info, "description"), 2));
  for (const auto& tag : document().at("tags")) {
    auto& group = view.add("GROUP");
    group.set("GROUP_NAME", text_of(tag, "name"));
    fill_description(group, tag);
    for (const auto& [path, item] : document().at("paths").items())
      if (item.at("get").at("tags").at(0) == tag.at("name")) fill_operation(group.add("OPERATION"), path, item, item.at("get"));
  }
  for (const auto& [name, schema] : document().at("components").at("schemas").items()) fill_schema(view.add("SCHEMA"), name, schema);
  html::Page page;
  page.title = text_of(info, "title");
  page.description = text_of(info, "summary");
  page.language = "en";
  page.canonical = web.sign_in.base_url + "/api";
  page.body = html::render("api/reference.html", view, "en");
  return http::Response::html(web.chrome(page)).with_cache("no-cache");
}

}  // namespace confer::api
