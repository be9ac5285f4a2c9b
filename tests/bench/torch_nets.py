# SPDX-License-Identifier: LGPL-2.1-or-later
"""Published networks in plain PyTorch, as Keras has them, for peers.py to measure beside Strata.

Each is a function of whether it has its classifier; without, it ends where Keras's does with `include_top=False`.
"""
from torch import nn


def normed(inputs, filters, kernel, stride=1, groups=1, activation=None):
    """A convolution without bias, its normalization, and maybe an activation."""
    conv = nn.Conv2d(inputs, filters, kernel, stride, kernel // 2, groups=groups, bias=False)
    return [conv, nn.BatchNorm2d(filters)] + ([activation(inplace=True)] if activation else [])


class Residual(nn.Module):
    """What goes through the body is added to what goes past it."""

    def __init__(self, body, shortcut=(), activation=None):
        super().__init__()
        self.body, self.shortcut = nn.Sequential(*body), nn.Sequential(*shortcut)
        self.activation = activation(inplace=True) if activation else nn.Identity()

    def forward(self, x):
        return self.activation(self.body(x) + self.shortcut(x))


class SqueezeExcite(nn.Module):
    def __init__(self, filters, squeezed):
        super().__init__()
        self.scale = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(filters, squeezed, 1), nn.SiLU(inplace=True),
                                   nn.Conv2d(squeezed, filters, 1), nn.Sigmoid())

    def forward(self, x):
        return x * self.scale(x)


def classifier(inputs):
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 1000), nn.Softmax(1)]


def vgg16(top):
    layers, inputs = [], 3
    for filters, repeats in (64, 2), (128, 2), (256, 3), (512, 3), (512, 3):
        for _ in range(repeats):
            layers += [nn.Conv2d(inputs, filters, 3, padding=1), nn.ReLU(inplace=True)]
            inputs = filters
        layers.append(nn.MaxPool2d(2))
    if top:
        layers += [nn.Flatten(), nn.Linear(7 * 7 * 512, 4096), nn.ReLU(inplace=True), nn.Linear(4096, 4096),
                   nn.ReLU(inplace=True), nn.Linear(4096, 1000), nn.Softmax(1)]
    return nn.Sequential(*layers)


def resnet50(top):
    layers, inputs = [*normed(3, 64, 7, 2, activation=nn.ReLU), nn.MaxPool2d(3, 2, 1)], 64
    for filters, repeats, first_stride in (64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2):
        for block in range(repeats):
            stride = first_stride if block == 0 else 1
            body = [*normed(inputs, filters, 1, stride, activation=nn.ReLU),
                    *normed(filters, filters, 3, activation=nn.ReLU), *normed(filters, 4 * filters, 1)]
            layers.append(Residual(body, normed(inputs, 4 * filters, 1, stride) if block == 0 else (), nn.ReLU))
            inputs = 4 * filters
    return nn.Sequential(*layers, *(classifier(inputs) if top else [nn.AdaptiveAvgPool2d(1), nn.Flatten()]))


def efficientnet_b0(top):
    layers, inputs = normed(3, 32, 3, 2, activation=nn.SiLU), 32
    for kernel, filters, repeats, expansion, first_stride in (
            (3, 16, 1, 1, 1), (3, 24, 2, 6, 2), (5, 40, 2, 6, 2), (3, 80, 3, 6, 2), (5, 112, 3, 6, 1),
            (5, 192, 4, 6, 2), (3, 320, 1, 6, 1)):
        for block in range(repeats):
            inner, stride = inputs * expansion, first_stride if block == 0 else 1
            body = normed(inputs, inner, 1, activation=nn.SiLU) if expansion > 1 else []
            body += [*normed(inner, inner, kernel, stride, inner, nn.SiLU), SqueezeExcite(inner, inputs // 4),
                     *normed(inner, filters, 1)]
            layers.append(Residual(body) if stride == 1 and inputs == filters else nn.Sequential(*body))
            inputs = filters
    layers += normed(inputs, 1280, 1, activation=nn.SiLU)
    return nn.Sequential(*layers, *(classifier(1280) if top else []))


def thaw(net, n_units):
    """Has the last convolutions and normalizations learn, and nothing before; what does not learn stays as it is."""
    units = [module for module in net.modules() if isinstance(module, (nn.Conv2d, nn.BatchNorm2d))]
    for i, unit in enumerate(units):
        unit.requires_grad_(i >= len(units) - n_units)
        unit.training = i >= len(units) - n_units
