"""LobbyDesk: the service desk (客户服务中心) of a residential property-management centre."""

__version__ = "0.1.0"
