"""WeChat sends people back here."""

from django.urls import URLPattern, path

from hub.notify.wechat_api import back, follow

urlpatterns: list[URLPattern] = [
    path("wechat/follow", follow, name="wechat_follow"),
    path("wechat/back", back, name="wechat_back"),
]
