<?php
/**
 * Plugin Name: V2V
 * Description: Lists what is new on the V2V site, from a copy that is refreshed in the background.
 *
 * In a post or page: [v2v locale="sq" type="news" limit="5"], or the address of a page of the site
 * on a line of its own. Readers never wait for the other site: a list comes from the last good
 * copy, and only the very first reader waits for up to two seconds.
 */

const V2V_SITE = 'https://v2v.example';
const V2V_WAIT = 2; // seconds
const V2V_AGAIN = 300; // seconds until a first copy that failed is tried again

add_action('init', function () {
    add_shortcode('v2v', 'v2v_show');
    wp_oembed_add_provider(V2V_SITE . '/*', V2V_SITE . '/oembed/');
});
add_action('v2v_refresh', 'v2v_refresh');
add_filter('oembed_remote_get_args', 'v2v_wait', 10, 2);

/** Lets nobody wait for long while WordPress asks how an address is embedded. */
function v2v_wait($arguments, $address) {
    if (strpos($address, V2V_SITE . '/') === 0) {
        $arguments['timeout'] = V2V_WAIT;
    }
    return $arguments;
}

/** Writes a list from its copy. */
function v2v_show($attributes) {
    $asked = shortcode_atts(['locale' => 'en', 'type' => 'news', 'limit' => 5], $attributes);
    $path = rawurlencode($asked['locale']) . '/' . rawurlencode($asked['type']);
    $address = V2V_SITE . '/embed/' . $path . '.json';
    $copy = v2v_copy($address);
    if (!$copy) {
        $home = V2V_SITE . '/' . rawurlencode($asked['locale']) . '/';
        return '<p>' . v2v_link($home, 'V2V') . '</p>';
    }
    $items = array_slice($copy['items'], 0, max(1, (int) $asked['limit']));
    $list = implode('', array_map('v2v_item', $items));
    return '<div class="v2v" lang="' . esc_attr($copy['language']) . '">'
        . ($list ? "<ul>$list</ul>" : v2v_sentence($copy['_v2v']['empty'], $copy['language']))
        . v2v_foot($copy) . '</div>';
}

/** Returns the last good copy, and sees to it that it is refreshed each hour. */
function v2v_copy($address) {
    if (!wp_next_scheduled('v2v_refresh', [$address])) {
        wp_schedule_event(time() + HOUR_IN_SECONDS, 'hourly', 'v2v_refresh', [$address]);
    }
    $name = 'v2v_' . md5($address);
    $copy = get_option($name);
    if (!$copy && !get_transient($name)) {
        set_transient($name, 'asked', V2V_AGAIN);
        v2v_refresh($address);
        $copy = get_option($name);
    }
    return $copy;
}

/** Replaces the copy by a whole new one; whatever goes wrong, the old one stays. */
function v2v_refresh($address) {
    $answer = wp_safe_remote_get($address, ['timeout' => V2V_WAIT]);
    if (is_wp_error($answer) || wp_remote_retrieve_response_code($answer) !== 200) {
        return;
    }
    $list = json_decode(wp_remote_retrieve_body($answer), true);
    if (isset($list['items'], $list['_v2v'])) {
        update_option('v2v_' . md5($address), $list, false);
    }
}

function v2v_item($item) {
    $own = $item['_v2v'];
    $marks = '';
    foreach ($own['marks'] ?? [] as $mark) {
        $marks .= v2v_sentence($mark['text'], $mark['language']);
    }
    return '<li>' . (isset($own['when']) ? '<small>' . esc_html($own['when']) . '</small> ' : '')
        . v2v_link($item['url'], $item['title'], $item['language']) . $marks
        . v2v_sentence($item['content_text'], $own['summary_language']) . '</li>';
}

/** Writes what must stand with every copy: source, licences, funding, footnotes. */
function v2v_foot($copy) {
    $own = $copy['_v2v'];
    $html = '<p>' . v2v_link($copy['home_page_url'], $own['site']);
    foreach ($own['licences'] as $licence) {
        $html .= ' · ' . v2v_link($licence['url'], $licence['name']);
    }
    $html .= '</p>';
    foreach (array_merge($own['funding'], $own['footnotes']) as $line) {
        $html .= v2v_sentence($line['text'], $line['language']);
    }
    return $html;
}

function v2v_link($address, $text, $language = '') {
    $lang = $language ? ' lang="' . esc_attr($language) . '"' : '';
    $text = esc_html($text);
    return $address ? '<a href="' . esc_url($address) . "\"$lang>$text</a>" : $text;
}

function v2v_sentence($text, $language) {
    return $text ? '<p lang="' . esc_attr($language) . '">' . esc_html($text) . '</p>' : '';
}
