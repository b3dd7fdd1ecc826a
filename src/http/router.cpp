// The table of routes as a tree of path segments.
#include "http/router.h"
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace confer::http {

namespace {

/// One segment of a pattern: a literal, or a name with a literal before and after it.
struct Segment {
  std::string before, name, after;
  bool is_name = false, is_rest = false;
};

Segment parse_segment(std::string_view text) {
  const std::size_t open = text.find('{');
  if (open == std::string_view::npos) {
    ASSERT(text.find('}') == std::string_view::npos);
    return {.before = std::string(text)};
  }
  const std::size_t close = text.find('}', open);
  ASSERT(close != std::string_view::npos && text.find('{', open + 1) == std::string_view::npos);
  Segment segment{.before = std::string(text.substr(0, open)),
                  .name = std::string(text.substr(open + 1, close - open - 1)),
                  .after = std::string(text.substr(close + 1)),
                  .is_name = true};
  if (segment.name.ends_with("...")) {
    segment.name.resize(segment.name.size() - 3);
    segment.is_rest = true;
    ASSERT(segment.before.empty() && segment.after.empty());
  }
  ASSERT(!segment.name.empty());
  return segment;
}

struct Node {
  struct Named {
    std::string before, after;
    std::unique_ptr<Node> node;
  };
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::vector<Named> named;  ///< most literal characters first
  /// Route by method, with the names of its pattern in order.
  struct End {
    std::size_t route;
    std::vector<std::string> names;
  };
  std::map<Method, End> ends, rests;
};

}  // namespace

struct Router::Impl {
  std::vector<Route> routes;
  Node root;

  void add(std::size_t index) {
    const Route& route = routes[index];
    ASSERT(route.pattern.starts_with('/'));
    ASSERT(route.handler != nullptr);
    const bool changes_state = route.method != Method::get && route.method != Method::head;
    ASSERT(!changes_state || route.csrf == Csrf::origin || route.rate == RateClass::api);
    Node* node = &root;
    std::vector<std::string> names;
    std::string_view rest = std::string_view(route.pattern).substr(1);
    for (bool last = false; !last;) {
      const std::size_t slash = rest.find('/');
      last = slash == std::string_view::npos;
      Segment segment = parse_segment(rest.substr(0, slash));
      rest.remove_prefix(last ? rest.size() : slash + 1);
      if (!segment.is_name) {
        auto& child = node->literals[segment.before];
        if (!child) child = std::make_unique<Node>();
        node = child.get();
        continue;
      }
      names.push_back(segment.name);
      if (segment.is_rest) {
        ASSERT(last);
        ASSERT(node->rests.emplace(route.method, Node::End{index, names}).second);
        return;
      }
      auto same =
          std::find_if(node->named.begin(), node->named.end(), [&](const Node::Named& n) { return n.before == segment.before && n.after == segment.after; });
      if (same == node->named.end()) {
        node->named.push_back({segment.before, segment.after, std::make_unique<Node>()});
        std::sort(node->named.begin(), node->named.end(), [](const Node::Named& a, const Node::Named& b) {
          return std::pair(b.before.size() + b.after.size(), a.before) < std::pair(a.before.size() + a.after.size(), b.before);
        });
        same =
            std::find_if(node->named.begin(), node->named.end(), [&](const Node::Named& n) { return n.before == segment.before && n.after == segment.after; });
      }
      node = same->node.get();
    }
    ASSERT(node->ends.emplace(route.method, Node::End{index, std::move(names)}).second);
  }

  using Values = std::vector<std::string_view>;

  /// True when a route for `method` was found below `node`; the methods that other routes at this path take are added to `allowed`.
  bool find(const Node& node, std::string_view rest, Method method, Values& values, const Node::End*& found, std::vector<Method>& allowed) const {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    const auto below = [&](const Node& child) {
      if (slash != std::string_view::npos) return find(child, rest.substr(slash + 1), method, values, found, allowed);
      return take(child.ends, method, found, allowed);
    };
    if (const auto literal = node.literals.find(segment); literal != node.literals.end() && below(*literal->second)) return true;
    for (const Node::Named& named : node.named) {
      if (segment.size() <= named.before.size() + named.after.size() || !segment.starts_with(named.before) || !segment.ends_with(named.after)) continue;
      values.push_back(segment.substr(named.before.size(), segment.size() - named.before.size() - named.after.size()));
      if (below(*named.node)) return true;
      values.pop_back();
    }
    if (!node.rests.empty() && !rest.empty()) {
      values.push_back(rest);
      if (take(node.rests, method, found, allowed)) return true;
      values.pop_back();
    }
    return false;
  }

  static bool take(const std::map<Method, Node::End>& ends, Method method, const Node::End*& found, std::vector<Method>& allowed) {
    auto end = ends.find(method);
    if (end == ends.end() && method == Method::head) end = ends.find(Method::get);
    if (end != ends.end()) {
      found = &end->second;
      return true;
    }
    for (const auto& other : ends) allowed.push_back(other.first);
    return false;
  }
};

Router::Router(std::vector<Route> routes) : impl_(std::make_unique<Impl>()) {
  impl_->routes = std::move(routes);
  for (std::size_t i = 0; i < impl_->routes.size(); ++i) impl_->add(i);
}

Router::~Router() = default;

Router::Match Router::match(Method method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/')) return match;
  Impl::Values values;
  const Node::End* found = nullptr;
  if (!impl_->find(impl_->root, path.substr(1), method, values, found, match.allowed)) {
    if (std::find(match.allowed.begin(), match.allowed.end(), Method::get) != match.allowed.end()) match.allowed.push_back(Method::head);
    std::sort(match.allowed.begin(), match.allowed.end());
    match.allowed.erase(std::unique(match.allowed.begin(), match.allowed.end()), match.allowed.end());
    return match;
  }
  match.allowed.clear();
  match.route = &impl_->routes[found->route];
  for (std::size_t i = 0; i < values.size(); ++i) match.values.emplace(found->names[i], values[i]);
  return match;
}

const std::vector<Route>& Router::routes() const { return impl_->routes; }

}  // namespace confer::http
