<?php
/**
 * The few functions of WordPress that docs/partners/v2v.php calls, as its developer documentation
 * has them. Options and transients are kept in the file OPTIONS from one run to the next.
 *
 * php wordpress.php PLUGIN OPTIONS show '{"locale": "sq"}'   prints the shortcode
 * php wordpress.php PLUGIN OPTIONS cron                      runs what is scheduled
 * php wordpress.php PLUGIN OPTIONS forget                    lets transients expire
 * php wordpress.php PLUGIN OPTIONS oembed ADDRESS            prints provider and time-out
 */

const HOUR_IN_SECONDS = 3600;

[, $plugin, $file, $command] = $argv;
$store = is_file($file) ? json_decode(file_get_contents($file), true) : [];
$store += ['options' => [], 'transients' => [], 'scheduled' => []];
$hooks = $shortcodes = $providers = [];

function add_action($name, $call) { add_filter($name, $call); }
function add_filter($name, $call, $priority = 10, $arguments = 1) { $GLOBALS['hooks'][$name] = $call; }
function add_shortcode($name, $call) { $GLOBALS['shortcodes'][$name] = $call; }
function wp_oembed_add_provider($format, $address) { $GLOBALS['providers'][$format] = $address; }
function shortcode_atts($defaults, $given) { return array_intersect_key((array) $given, $defaults) + $defaults; }
function get_option($name) { return $GLOBALS['store']['options'][$name] ?? false; }
function update_option($name, $value, $autoload = null) { $GLOBALS['store']['options'][$name] = $value; }
function get_transient($name) { return $GLOBALS['store']['transients'][$name] ?? false; }
function set_transient($name, $value, $seconds) { $GLOBALS['store']['transients'][$name] = $value; }
function wp_next_scheduled($name, $arguments = []) {
    return in_array([$name, $arguments], $GLOBALS['store']['scheduled']) ? time() : false;
}
function wp_schedule_event($when, $how_often, $name, $arguments = []) {
    $GLOBALS['store']['scheduled'][] = [$name, $arguments];
}
function esc_html($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_url($address) { return preg_match('~^https?://~', $address) ? htmlspecialchars($address, ENT_QUOTES) : ''; }
function is_wp_error($answer) { return $answer === null; }
function wp_remote_retrieve_response_code($answer) { return $answer['code']; }
function wp_remote_retrieve_body($answer) { return $answer['body']; }
function wp_safe_remote_get($address, $arguments) {
    $http = ['timeout' => $arguments['timeout'], 'ignore_errors' => true];
    $body = @file_get_contents($address, false, stream_context_create(['http' => $http]));
    if ($body === false || !isset($http_response_header)) {
        return null;
    }
    return ['code' => (int) explode(' ', $http_response_header[0])[1], 'body' => $body];
}

require $plugin;
$hooks['init']();
if ($command === 'show') {
    echo $shortcodes['v2v'](json_decode($argv[4], true));
} elseif ($command === 'cron') {
    foreach ($store['scheduled'] as [$name, $arguments]) {
        $hooks[$name](...$arguments);
    }
} elseif ($command === 'forget') {
    $store['transients'] = [];
} else {
    $waits = $hooks['oembed_remote_get_args'](['timeout' => 10], $argv[4])['timeout'];
    echo json_encode(['providers' => $providers, 'waits' => $waits]);
}
file_put_contents($file, json_encode($store));
